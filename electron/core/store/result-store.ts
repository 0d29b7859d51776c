import { DOUBTFUL_DISK_CODES, LASTING_DISK_CODES } from '../../contract/disk.ts';
import { MAX_BYTES } from '../../contract/limits.ts';
import { ARTIFACT_SOURCES, type ArtifactSource } from '../../contract/views/results.ts';
import type { ArtifactProblem, RunId, RunView } from '../../contract/views.ts';
import { ARTIFACT_LISTS, type ArtifactList } from '../omnitool/schemas.ts';
import { keepsMessage, keptOf } from './chat-limit.ts';
import { inTransaction } from './database.ts';
import {
  count,
  countOrNull,
  number,
  numberOrNull,
  oneOf,
  oneOfOrNull,
  plainNameOrNull,
  type Row,
  text,
  textOrNull,
} from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/** Beyond the position of any part: a larger one is damaged. */
const LAST_POSITION = 2 ** 40;

const PROBLEMS = [
  ...(['gone', 'broken', 'timed-out', 'no-space', 'unkept-value', 'over-limit', 'too-many-links'] as const),
  ...DOUBTFUL_DISK_CODES,
  ...LASTING_DISK_CODES,
] as const satisfies readonly ArtifactProblem[];

/**
 * Condition on an artifact: a picture on this machine that a list can show for its run. One larger than the server takes
 * would take too long to read.
 */
export const IS_PICTURE = `file IS NOT NULL AND mime LIKE 'image/%' AND size <= ${MAX_BYTES}`;

export interface StoredArtifact {
  readonly position: number;
  /** Opens the file on the server to anyone who has it: a secret. */
  readonly fid: string;
  readonly list: ArtifactList;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  /** When the server deletes it, in ms since 1970; null when unknown. */
  readonly expires: number | null;
  /** The file's name inside the run's own folder, once it is there. */
  readonly file: string | null;
  readonly sha256: string | null;
  readonly problem: ArtifactProblem | null;
  /** The chat message it came with; null for one of the output block. */
  readonly message: number | null;
  /** How often fetching it failed although the server answered. */
  readonly tries: number;
  /** Where it was found; null for one that the answer itself names. */
  readonly source: ArtifactSource | null;
}

/** A file of a result before it is on this machine. */
export type NewArtifact = Omit<StoredArtifact, 'position' | 'file' | 'sha256' | 'message' | 'tries' | 'source'> &
  Partial<Pick<StoredArtifact, 'source'>>;

/** What an output block returned (wire 7). */
export interface NewOutputs {
  readonly texts: readonly string[];
  /** Each as JSON text. */
  readonly objects: readonly string[];
  readonly artifacts: readonly NewArtifact[];
}

/** A message that a recipe wrote to the chat (wire 9.4). */
export interface NewMessage {
  readonly text: string;
  readonly format: 'markdown' | 'plain';
  /** Each as JSON text. */
  readonly objects: readonly string[];
  readonly artifacts: readonly NewArtifact[];
}

interface StoredMessage {
  readonly position: number;
  readonly text: string;
  readonly format: 'markdown' | 'plain';
}

export interface StoredResult {
  readonly texts: readonly string[];
  /** Each as JSON text. */
  readonly objects: readonly string[];
  readonly messages: readonly StoredMessage[];
  readonly artifacts: readonly StoredArtifact[];
  /** Chat messages that were not kept, because there were too many. */
  readonly leftOut: number;
}

const bytesOf = ({ text: said, objects, artifacts }: NewMessage): number =>
  [said, ...objects, ...artifacts.flatMap(({ fid, name }) => [fid, name])].reduce(
    (sum, part) => sum + Buffer.byteLength(part),
    0,
  );

/** The results of runs. The bytes of artifacts are files beside the database. */
export class ResultStore {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** Whether the output of the output block is stored. */
  hasOutputs(runId: RunId): boolean {
    const row = this.#database.first(
      `SELECT EXISTS (SELECT 1 FROM result_parts WHERE run_id = :id AND message IS NULL)
             OR EXISTS (SELECT 1 FROM artifacts WHERE run_id = :id AND message IS NULL) AS has`,
      { id: runId },
    );
    return row?.has === 1;
  }

  /** Stores the output of the output block in place of an earlier one; chat messages stay. */
  saveOutputs(runId: RunId, { texts, objects, artifacts }: NewOutputs): void {
    inTransaction(this.#database, () => {
      this.#database.change('DELETE FROM result_parts WHERE run_id = ? AND message IS NULL', runId);
      this.#database.change('DELETE FROM artifacts WHERE run_id = ? AND message IS NULL', runId);
      this.#addParts(runId, 'text', texts, null);
      this.#addParts(runId, 'object', objects, null);
      this.#addArtifacts(runId, artifacts, null);
    });
  }

  /** Adds a chat message with its values and files. Beyond the limit of a run's chat, only counts it. */
  addMessage(runId: RunId, message: NewMessage): void {
    const { text: said, format, objects, artifacts } = message;
    inTransaction(this.#database, () => {
      const position = this.#next('chat_messages', runId);
      if (!keepsMessage(this.#database, runId, position, bytesOf(message))) return;
      this.#database
        .prepareForLarge('INSERT INTO chat_messages (run_id, position, format, text) VALUES (?, ?, ?, ?)')
        .run(runId, position, format, said);
      this.#addParts(runId, 'object', objects, position);
      this.#addArtifacts(runId, artifacts, position);
    });
  }

  /** Adds files that were found later, to a chat message or (null) to the output. */
  addFiles(runId: RunId, artifacts: readonly NewArtifact[], message: number | null): void {
    inTransaction(this.#database, () => this.#addArtifacts(runId, artifacts, message));
  }

  #next(table: 'chat_messages' | 'artifacts' | 'result_parts', runId: RunId): number {
    // Ignores a damaged position of the largest number, after which there would be no next one.
    const row = this.#database.first(
      `SELECT coalesce(max(position) + 1, 0) AS next FROM ${table} WHERE run_id = ? AND position < ${LAST_POSITION}`,
      runId,
    );
    return row === undefined ? 0 : number(row, 'next');
  }

  #addParts(runId: RunId, kind: 'text' | 'object', values: readonly string[], message: number | null): void {
    const first = this.#next('result_parts', runId);
    const insert = this.#database.prepareForLarge(
      'INSERT INTO result_parts (run_id, position, kind, value, message) VALUES (?, ?, ?, ?, ?)',
    );
    values.forEach((value, index) => insert.run(runId, first + index, kind, value, message));
  }

  #addArtifacts(runId: RunId, artifacts: readonly NewArtifact[], message: number | null): void {
    const first = this.#next('artifacts', runId);
    const insert = this.#database.prepare(
      `INSERT INTO artifacts (run_id, position, fid, list, name, mime, size, width, height, expires, problem, message, source)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    artifacts.forEach(({ fid, list, name, mime, size, width, height, expires, problem, source = null }, index) =>
      insert.run(runId, first + index, fid, list, name, mime, size, width, height, expires, problem, message, source),
    );
  }

  /** Stores how fetching an artifact ended. */
  updateArtifact(runId: RunId, artifact: StoredArtifact): void {
    this.#database.change(
      `UPDATE artifacts SET mime = ?, size = ?, file = ?, sha256 = ?, problem = ?, tries = ?
         WHERE run_id = ? AND position = ?`,
      artifact.mime,
      artifact.size,
      artifact.file,
      artifact.sha256,
      artifact.problem,
      artifact.tries,
      runId,
      artifact.position,
    );
  }

  find(runId: RunId): StoredResult {
    const parts = this.#read(
      'SELECT run_id, position, kind, value FROM result_parts WHERE run_id = ? ORDER BY position',
      runId,
      readPart,
    );
    const valuesOf = (kind: 'text' | 'object'): readonly string[] =>
      parts.filter((part) => part.kind === kind).map(({ value }) => value);
    return {
      texts: valuesOf('text'),
      objects: valuesOf('object'),
      messages: this.#read(
        'SELECT run_id, position, format, text FROM chat_messages WHERE run_id = ? ORDER BY position',
        runId,
        readMessage,
      ),
      artifacts: this.artifacts(runId),
      leftOut: keptOf(this.#database, runId).leftOut,
    };
  }

  /** Those of the output block first. */
  artifacts(runId: RunId): readonly StoredArtifact[] {
    return this.#read(
      'SELECT * FROM artifacts WHERE run_id = ? ORDER BY message IS NOT NULL, position',
      runId,
      readArtifact,
    );
  }

  /** Null when the run has none at this position. Reads one row: a page asks for each picture separately. */
  artifact(runId: RunId, position: number): StoredArtifact | null {
    const sql = 'SELECT * FROM artifacts WHERE run_id = ? AND position = ?';
    return this.#database.readOne('results', sql, [runId, position], readArtifact);
  }

  #read<T>(sql: string, runId: RunId, parse: (row: Row) => T): readonly T[] {
    return this.#database.readAll('results', sql, [runId], parse);
  }

  /** The position of the first picture that is here, those of the output block first; null without one. */
  picture(runId: RunId): number | null {
    return this.#database.readOne(
      'results',
      `SELECT run_id, position FROM artifacts WHERE run_id = ? AND ${IS_PICTURE}
       ORDER BY message IS NOT NULL, position LIMIT 1`,
      [runId],
      (row) => count(row, 'position'),
    );
  }

  /** Counts the parts of a result without reading them. */
  count(runId: RunId): NonNullable<RunView['gave']> {
    const row = this.#database.first(
      `SELECT (SELECT count(*) FROM result_parts WHERE run_id = :id AND kind = 'text') AS texts,
                (SELECT count(*) FROM result_parts WHERE run_id = :id AND kind = 'object')
                  + (SELECT count(*) FROM artifacts WHERE run_id = :id AND problem = 'unkept-value') AS objects,
                (SELECT count(*) FROM chat_messages WHERE run_id = :id) AS messages,
                (SELECT count(*) FROM artifacts WHERE run_id = :id AND problem IS NOT 'unkept-value') AS files`,
      { id: runId },
    );
    if (row === undefined) throw new TypeError('A count came back empty.');
    return {
      texts: number(row, 'texts'),
      objects: number(row, 'objects'),
      messages: number(row, 'messages'),
      files: number(row, 'files'),
    };
  }
}

const readArtifact = (row: Row): StoredArtifact => ({
  position: count(row, 'position'),
  fid: text(row, 'fid'),
  list: oneOf(row, 'list', ARTIFACT_LISTS),
  name: text(row, 'name'),
  mime: text(row, 'mime'),
  size: count(row, 'size'),
  width: countOrNull(row, 'width'),
  height: countOrNull(row, 'height'),
  expires: numberOrNull(row, 'expires'),
  file: plainNameOrNull(row, 'file'),
  sha256: textOrNull(row, 'sha256'),
  problem: oneOfOrNull(row, 'problem', PROBLEMS),
  message: countOrNull(row, 'message'),
  tries: count(row, 'tries'),
  source: oneOfOrNull(row, 'source', ARTIFACT_SOURCES),
});

/** An object is shown as its JSON text, so no schema checks it. */
const readPart = (row: Row): { readonly kind: 'text' | 'object'; readonly value: string } => ({
  kind: oneOf(row, 'kind', ['text', 'object']),
  value: text(row, 'value'),
});

const readMessage = (row: Row): StoredMessage => ({
  position: count(row, 'position'),
  text: text(row, 'text'),
  format: oneOf(row, 'format', ['markdown', 'plain']),
});
