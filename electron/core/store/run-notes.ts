import type { RunId } from '../../contract/views.ts';
import type { StoredFile } from '../omnitool/upload.ts';
import { BadCell, number, plainName, type Row, textOrNull } from './row.ts';
import { idsOf } from './run-row.ts';
import type { StoreDatabase } from './store-database.ts';

/** What was received of a run's session so far. */
export interface Received {
  /** The job that the session started, as it reported; null while that was not received. */
  readonly jobId: string | null;
  /** The end of the job was received. */
  readonly end: boolean;
  /** Messages may be missing: a stream broke, or a message could not be read. */
  readonly gap: boolean;
  /** Ids of the blocks that were received from begin to end, with nothing missed in between. */
  readonly blocks: readonly string[];
}

/**
 * Notes about the work on a run that no view shows: uploads, copies, its session, its blocks. No listener learns of them.
 *
 * The server sends each message of a session once (wire 12), to any client that listens. What was received is stored as it
 * comes, so that the next stream of the session knows what an earlier one, also of a process that was killed, may have
 * taken.
 */
export class RunNotes {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** An input is on the server, as these bytes. */
  uploaded(id: RunId, position: number, stored: Pick<StoredFile, 'fid' | 'expires' | 'sha256' | 'fileName'>): void {
    this.#database.change(
      'UPDATE run_inputs SET fid = ?, fid_expires = ?, sha256 = ?, server_name = ? WHERE run_id = ? AND position = ?',
      ...[stored.fid, stored.expires, stored.sha256, stored.fileName, id, position],
    );
  }

  /** A copy of an input is in the run's own folder, under that name. Returns false when there is no such input (any more). */
  copied(id: RunId, position: number, copy: string): boolean {
    const sql = 'UPDATE run_inputs SET copy = ? WHERE run_id = ? AND position = ?';
    return this.#database.change(sql, copy, id, position) === 1;
  }

  /** Whether the keychain may hold the cookie of the run's session. */
  session(id: RunId, kept: boolean): void {
    this.#database.change('UPDATE runs SET session_kept = ? WHERE id = ?', kept ? 1 : 0, id);
  }

  /** Ended runs whose cookie may still be in the keychain. */
  endedWithSession(): readonly RunId[] {
    const sql = 'SELECT id FROM runs WHERE session_kept = 1 AND ended_at IS NOT NULL';
    return this.#database.readAll('runs', sql, [], (row) => plainName(row, 'id'));
  }

  /** Blocks that the run has reached; null when its start was not received, so that some were missed. */
  blocksOf(id: RunId): readonly string[] | null {
    return idsOf(this.#database.first('SELECT blocks_seen FROM runs WHERE id = ?', id) ?? {}, 'blocks_seen');
  }

  reached(id: RunId, blocks: readonly string[]): void {
    this.#database.change('UPDATE runs SET blocks_seen = ? WHERE id = ?', JSON.stringify(blocks), id);
  }

  received(id: RunId): Received {
    const row = this.#database.first(
      'SELECT session_job, end_heard, answer_cut, blocks_heard FROM runs WHERE id = ?',
      id,
    );
    if (row === undefined) return { jobId: null, end: false, gap: true, blocks: [] };
    return {
      jobId: textOrNull(row, 'session_job'),
      end: number(row, 'end_heard') === 1,
      gap: number(row, 'answer_cut') === 1,
      blocks: blocksIn(row),
    };
  }

  /**
   * A stream is about to be opened. Stored before, as from here on the server may send messages to it. If an earlier stream
   * was never closed, its messages are lost.
   */
  streamOpens(id: RunId): void {
    const sql = 'UPDATE runs SET answer_cut = max(answer_cut, session_reading), session_reading = 1 WHERE id = ?';
    this.#database.change(sql, id);
  }

  /** The stream was refused, or its request never left: the server sent nothing to it. */
  streamFailed(id: RunId): void {
    this.#database.change('UPDATE runs SET session_reading = 0 WHERE id = ?', id);
  }

  /** The start of the job was received. It is the first message of a session: nothing is missing before it. */
  jobStarted(id: RunId, jobId: string): void {
    this.#database.change('UPDATE runs SET session_job = ?, answer_cut = 0 WHERE id = ?', jobId, id);
  }

  /** A block was received from its begin to its end. */
  blockFinished(id: RunId, nodeId: string): void {
    const { blocks } = this.received(id);
    if (blocks.includes(nodeId)) return;
    this.#database.change('UPDATE runs SET blocks_heard = ? WHERE id = ?', JSON.stringify([...blocks, nodeId]), id);
  }

  /** Messages are missing: they could not be read, or were sent while no stream was open. */
  missed(id: RunId): void {
    this.#database.change('UPDATE runs SET answer_cut = 1 WHERE id = ?', id);
  }

  /** The end of the job was received. If its start was not, the server had dropped the beginning. */
  jobFinished(id: RunId): void {
    const sql = 'UPDATE runs SET end_heard = 1, answer_cut = max(answer_cut, session_job IS NULL) WHERE id = ?';
    this.#database.change(sql, id);
  }

  /** Nothing more will be read of this session. `isWhole`: all messages that it ever sent are stored. */
  sessionDrained(id: RunId, isWhole: boolean): void {
    const sql = 'UPDATE runs SET drained = 1, answer_cut = ?, session_reading = 0 WHERE id = ?';
    this.#database.change(sql, isWhole ? 0 : 1, id);
  }
}

/** Blocks that cannot be read count as not received: the run then asks for their messages again, or its answer is cut. */
function blocksIn(row: Row): readonly string[] {
  try {
    return idsOf(row, 'blocks_heard') ?? [];
  } catch (failure) {
    if (failure instanceof BadCell) return [];
    throw failure;
  }
}
