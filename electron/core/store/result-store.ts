import type { DatabaseSync } from 'node:sqlite';
import type { ArtifactProblem, RunId, RunView } from '../../contract/views.ts';
import type { ArtifactList } from '../omnitool/schemas.ts';
import { ARTIFACT_LISTS } from '../omnitool/schemas.ts';
import { inTransaction } from './database.ts';
import type { Row } from './row.ts';
import { number, numberOrNull, oneOf, oneOfOrNull, text, textOrNull } from './row.ts';

const PROBLEMS = ['gone', 'broken', 'timed-out', 'no-space'] as const satisfies readonly ArtifactProblem[];

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
  /** The file's name inside the run's own folder, once it is there. */
  readonly file: string | null;
  readonly sha256: string | null;
  readonly problem: ArtifactProblem | null;
  /** The chat message it came with; null for one of the output block. */
  readonly message: number | null;
  /** How often fetching it failed although the server answered. */
  readonly tries: number;
}

export interface StoredMessage {
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
}

/** What runs brought back. The bytes of artifacts are files beside the database. */
export class ResultStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Replaces whatever the run had: the server's record is the whole truth each time it is read. */
  save(runId: RunId, result: StoredResult): void {
    inTransaction(this.#database, () => {
      this.#database.prepare('DELETE FROM result_parts WHERE run_id = ?').run(runId);
      this.#database.prepare('DELETE FROM artifacts WHERE run_id = ?').run(runId);
      const part = this.#database.prepare(
        'INSERT INTO result_parts (run_id, position, kind, value) VALUES (?, ?, ?, ?)',
      );
      result.texts.forEach((value, position) => part.run(runId, position, 'text', value));
      result.objects.forEach((value, position) => part.run(runId, position, 'object', value));
      const artifact = this.#database.prepare(
        `INSERT INTO artifacts (run_id, position, fid, list, name, mime, size, width, height, file, sha256, problem, message,
           tries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      for (const a of result.artifacts) {
        artifact.run(
          runId,
          a.position,
          a.fid,
          a.list,
          a.name,
          a.mime,
          a.size,
          a.width,
          a.height,
          a.file,
          a.sha256,
          a.problem,
          a.message,
          a.tries,
        );
      }
    });
  }

  /** Records one artifact as it turned out on this machine. */
  updateArtifact(runId: RunId, artifact: StoredArtifact): void {
    this.#database
      .prepare(
        `UPDATE artifacts SET mime = ?, size = ?, file = ?, sha256 = ?, problem = ?, tries = ?
         WHERE run_id = ? AND position = ?`,
      )
      .run(
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
    const parts = this.#database
      .prepare('SELECT kind, value FROM result_parts WHERE run_id = ? ORDER BY position')
      .all(runId);
    const valuesOf = (kind: string): readonly string[] =>
      parts.filter((row) => row.kind === kind).map((row) => text(row, 'value'));
    const artifacts = this.#database.prepare('SELECT * FROM artifacts WHERE run_id = ? ORDER BY position').all(runId);
    const messages = this.#database
      .prepare('SELECT position, format, text FROM chat_messages WHERE run_id = ? ORDER BY position')
      .all(runId);
    return {
      texts: valuesOf('text'),
      objects: valuesOf('object'),
      messages: messages.map(readMessage),
      artifacts: artifacts.map(readArtifact),
    };
  }

  /** How much a run brought back, without reading it. */
  count(runId: RunId): NonNullable<RunView['gave']> {
    const row = this.#database
      .prepare(
        `SELECT (SELECT count(*) FROM result_parts WHERE run_id = :id AND kind = 'text') AS texts,
                (SELECT count(*) FROM result_parts WHERE run_id = :id AND kind = 'object') AS objects,
                (SELECT count(*) FROM chat_messages WHERE run_id = :id) AS messages,
                (SELECT count(*) FROM artifacts WHERE run_id = :id) AS files`,
      )
      .get({ id: runId });
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
  position: number(row, 'position'),
  fid: text(row, 'fid'),
  list: oneOf(row, 'list', ARTIFACT_LISTS),
  name: text(row, 'name'),
  mime: text(row, 'mime'),
  size: number(row, 'size'),
  width: numberOrNull(row, 'width'),
  height: numberOrNull(row, 'height'),
  file: textOrNull(row, 'file'),
  sha256: textOrNull(row, 'sha256'),
  problem: oneOfOrNull(row, 'problem', PROBLEMS),
  message: numberOrNull(row, 'message'),
  tries: number(row, 'tries'),
});

const readMessage = (row: Row): StoredMessage => ({
  position: number(row, 'position'),
  text: text(row, 'text'),
  format: oneOf(row, 'format', ['markdown', 'plain']),
});
