/** More than a file can have, in bytes. A damaged size counts at most this much, so that no sum of them overflows. */
const MOST_BYTES = 2 ** 50;
/** A damaged sum counts at most this much: adding to it stays within an integer of SQLite. */
const MOST_SUM = 2 ** 60;

/** What a row counts, as SQL: its size where its file is on this machine, else nothing. */
const bytesOf = (row: string, file: string): string =>
  `iif(${row}.${file} IS NULL, 0, max(0, min(${row}.size, ${MOST_BYTES})))`;

const add = (change: string, row: 'NEW' | 'OLD'): string =>
  `UPDATE runs SET stored_bytes = max(0, min(stored_bytes + ${change}, ${MOST_SUM})) WHERE id = ${row}.run_id;`;

/** The triggers that keep the sum of a table of files. `file` is the column that has a value once the file is here. */
const triggers = (table: string, file: string): string => `
  CREATE TRIGGER ${table}_bytes_added AFTER INSERT ON ${table} WHEN NEW.${file} IS NOT NULL BEGIN
    ${add(bytesOf('NEW', file), 'NEW')}
  END;
  CREATE TRIGGER ${table}_bytes_changed AFTER UPDATE OF ${file}, size ON ${table}
    WHEN NEW.${file} IS NOT OLD.${file} OR NEW.size IS NOT OLD.size BEGIN
    ${add(`${bytesOf('NEW', file)} - ${bytesOf('OLD', file)}`, 'NEW')}
  END;
  CREATE TRIGGER ${table}_bytes_dropped AFTER DELETE ON ${table} WHEN OLD.${file} IS NOT NULL BEGIN
    ${add(`-${bytesOf('OLD', file)}`, 'OLD')}
  END;`;

/**
 * The migration to `runs.stored_bytes`: what a run takes on the disk, artifacts and copies of inputs. The database keeps it
 * by itself, so that a limit on stored results costs the sum of one index. Part of a released migration: never edited.
 */
export const STORED_BYTES = `
  ALTER TABLE runs ADD COLUMN stored_bytes INTEGER NOT NULL DEFAULT 0;
  UPDATE runs SET stored_bytes = min(${MOST_SUM},
    coalesce((SELECT sum(${bytesOf('artifacts', 'file')}) FROM artifacts WHERE run_id = runs.id), 0)
    + coalesce((SELECT sum(${bytesOf('run_inputs', 'copy')}) FROM run_inputs WHERE run_id = runs.id), 0));
  CREATE INDEX runs_with_bytes ON runs (stored_bytes) WHERE stored_bytes > 0 AND removed_at IS NULL;
  ${triggers('artifacts', 'file')}
  ${triggers('run_inputs', 'copy')}
`;
