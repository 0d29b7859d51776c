import { DRAFT_TABLE } from './draft-store.ts';
import { FOUND_FILES } from './found-files.ts';
import { PRESETS } from './preset-store.ts';
import { FORMS } from './searchable.ts';
import { STORED_BYTES } from './stored-bytes.ts';

/**
 * The database's history: one entry a version, applied in order, never edited once released.
 * `PRAGMA user_version` says how many have been applied.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    profile_id TEXT NOT NULL,
    origin TEXT NOT NULL,
    server_name TEXT NOT NULL,
    recipe_id TEXT NOT NULL,
    recipe_name TEXT NOT NULL,
    takes TEXT,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    reason TEXT,
    reason_detail TEXT,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    job_id TEXT,
    outcome TEXT,
    stop_requested INTEGER NOT NULL DEFAULT 0,
    unseen INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL
  ) STRICT;
  CREATE INDEX runs_by_time ON runs (created_at DESC);
  CREATE INDEX runs_unfinished ON runs (state) WHERE ended_at IS NULL;

  CREATE TABLE run_inputs (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT,
    text TEXT,
    size INTEGER NOT NULL,
    mtime_ms REAL,
    mime TEXT,
    sha256 TEXT,
    fid TEXT,
    fid_expires INTEGER,
    PRIMARY KEY (run_id, position)
  ) STRICT;

  CREATE TABLE result_parts (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'object')),
    value TEXT NOT NULL,
    PRIMARY KEY (run_id, kind, position)
  ) STRICT;

  CREATE TABLE artifacts (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    fid TEXT NOT NULL,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    file TEXT,
    sha256 TEXT,
    problem TEXT,
    PRIMARY KEY (run_id, position)
  ) STRICT;

  CREATE TABLE recipes (
    profile_id TEXT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    listing TEXT NOT NULL,
    shape TEXT,
    shape_of INTEGER,
    PRIMARY KEY (profile_id, id)
  ) STRICT;

  CREATE TABLE recipe_listings (
    profile_id TEXT PRIMARY KEY,
    listed_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE runs ADD COLUMN failures TEXT;
  ALTER TABLE runs ADD COLUMN session_kept INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN drained INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN session_reading INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN answer_cut INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN batch_id TEXT;
  ALTER TABLE runs ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN removed_at INTEGER;
  ALTER TABLE runs ADD COLUMN jobs_before TEXT;
  ALTER TABLE runs ADD COLUMN candidates TEXT;
  CREATE INDEX runs_by_batch ON runs (batch_id) WHERE batch_id IS NOT NULL;
  CREATE INDEX runs_by_job ON runs (job_id) WHERE job_id IS NOT NULL;
  CREATE INDEX runs_removed ON runs (removed_at) WHERE removed_at IS NOT NULL;
  ALTER TABLE run_inputs ADD COLUMN copy TEXT;

  CREATE TABLE chat_messages (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('markdown', 'plain')),
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
  ) STRICT;
  ALTER TABLE result_parts ADD COLUMN message INTEGER;
  ALTER TABLE artifacts ADD COLUMN message INTEGER;
  ALTER TABLE artifacts ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;

  ALTER TABLE recipes ADD COLUMN detail TEXT;
  CREATE TABLE recipe_marks (
    profile_id TEXT NOT NULL,
    recipe_id TEXT NOT NULL,
    favourite INTEGER NOT NULL DEFAULT 0,
    used_at INTEGER,
    PRIMARY KEY (profile_id, recipe_id)
  ) STRICT;
  CREATE TABLE recipes_last_used (
    profile_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    recipe_id TEXT NOT NULL,
    PRIMARY KEY (profile_id, kind)
  ) STRICT;
  `,
  // Looked for at every start, among all runs there ever were.
  'CREATE INDEX runs_with_session ON runs (id) WHERE session_kept = 1;',
  // The search (run-search.ts): what may be found of each run is a view, so that there is one place that says it.
  `
  ALTER TABLE runs ADD COLUMN search_doc INTEGER;
  UPDATE runs SET search_doc = rowid;
  CREATE INDEX runs_searched ON runs (search_doc, created_at, removed_at, state, favourite, unseen, recipe_id, profile_id);
  CREATE VIEW searchable AS SELECT
    runs.id AS run_id,
    search_doc AS doc,
    recipe_name AS recipe,
    server_name AS server,
    coalesce((SELECT group_concat(name, char(10)) FROM (
      SELECT name FROM (SELECT name FROM run_inputs WHERE run_id = runs.id ORDER BY position LIMIT 1000)
      UNION ALL SELECT name FROM (SELECT name FROM artifacts WHERE run_id = runs.id ORDER BY position LIMIT 1000)
    )), '') AS file,
    substr(message, 1, 50000) || coalesce((SELECT group_concat(char(10) || substr(text, 1, 10000), '') FROM (
      SELECT text FROM run_inputs WHERE run_id = runs.id AND text IS NOT NULL ORDER BY position LIMIT 5
    )), '') AS message,
    substr(coalesce((SELECT group_concat(said, char(10)) FROM (
      SELECT said FROM (
        SELECT substr(value, 1, 200000) AS said FROM result_parts
        WHERE run_id = runs.id AND kind = 'text' ORDER BY position LIMIT 100)
      UNION ALL SELECT said FROM (
        SELECT substr(text, 1, 200000) AS said FROM chat_messages WHERE run_id = runs.id ORDER BY position LIMIT 100)
    )), ''), 1, 200000) AS text,
    substr(coalesce((SELECT group_concat(said, char(10)) FROM (
      SELECT substr(value, 1, 20000) AS said FROM result_parts
      WHERE run_id = runs.id AND kind = 'object' ORDER BY position LIMIT 20
    )), ''), 1, 20000) AS data,
    coalesce((SELECT group_concat(substr(value ->> '$.message', 1, 5000), char(10))
      FROM json_each(coalesce(failures, '[]'))), '') AS failure
  FROM runs;

  CREATE VIRTUAL TABLE run_search USING fts5(
    recipe, server, file, message, text, data, failure,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );
  INSERT INTO run_search (rowid, recipe, server, file, message, text, data, failure)
    SELECT doc, recipe, server, file, message, text, data, failure FROM searchable;

  CREATE TRIGGER search_ended AFTER UPDATE OF ended_at ON runs
  WHEN NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL
  BEGIN
    UPDATE run_search SET (recipe, server, file, message, text, data, failure) = (
      SELECT recipe, server, file, message, text, data, failure FROM searchable WHERE run_id = NEW.id
    ) WHERE rowid = NEW.search_doc;
  END;
  CREATE TRIGGER search_dropped AFTER DELETE ON runs
  BEGIN
    DELETE FROM run_search WHERE rowid = OLD.search_doc;
  END;
  `,
  'CREATE TABLE draft (id INTEGER PRIMARY KEY CHECK (id = 1), contents TEXT NOT NULL) STRICT;',
  // Written by the database itself, so that no change of a state can be stored without its line, whoever writes it.
  `
  CREATE TABLE run_log (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT, detail TEXT
  ) STRICT;
  CREATE INDEX run_log_by_run ON run_log (run_id);
  CREATE TRIGGER run_begins AFTER INSERT ON runs BEGIN
    INSERT INTO run_log (run_id, at, state, reason, detail)
      VALUES (NEW.id, NEW.since, NEW.state, NEW.reason, NEW.reason_detail);
  END;
  CREATE TRIGGER run_moves AFTER UPDATE OF state ON runs WHEN NEW.state IS NOT OLD.state BEGIN
    INSERT INTO run_log (run_id, at, state, reason, detail)
      VALUES (NEW.id, NEW.since, NEW.state, NEW.reason, NEW.reason_detail);
  END;
  CREATE TRIGGER run_is_explained AFTER UPDATE OF reason ON runs
    WHEN NEW.state IS OLD.state AND NEW.reason IS NOT NULL AND NEW.reason IS NOT OLD.reason BEGIN
    INSERT INTO run_log (run_id, at, state, reason, detail)
      VALUES (NEW.id, CAST(unixepoch('subsec') * 1000 AS INTEGER), NEW.state, NEW.reason, NEW.reason_detail);
  END;

  ALTER TABLE artifacts ADD COLUMN expires INTEGER;
  `,
  // As before, but a damaged cell is no text to search for, instead of an error of each write that meets it.
  `
  DROP VIEW searchable;
  CREATE VIEW searchable AS SELECT
    runs.id AS run_id,
    search_doc AS doc,
    recipe_name AS recipe,
    server_name AS server,
    coalesce((SELECT group_concat(name, char(10)) FROM (
      SELECT name FROM (SELECT name FROM run_inputs WHERE run_id = runs.id ORDER BY position LIMIT 1000)
      UNION ALL SELECT name FROM (SELECT name FROM artifacts WHERE run_id = runs.id ORDER BY position LIMIT 1000)
    )), '') AS file,
    substr(message, 1, 50000) || coalesce((SELECT group_concat(char(10) || substr(text, 1, 10000), '') FROM (
      SELECT text FROM run_inputs WHERE run_id = runs.id AND text IS NOT NULL ORDER BY position LIMIT 5
    )), '') AS message,
    substr(coalesce((SELECT group_concat(said, char(10)) FROM (
      SELECT said FROM (
        SELECT substr(value, 1, 200000) AS said FROM result_parts
        WHERE run_id = runs.id AND kind = 'text' ORDER BY position LIMIT 100)
      UNION ALL SELECT said FROM (
        SELECT substr(text, 1, 200000) AS said FROM chat_messages WHERE run_id = runs.id ORDER BY position LIMIT 100)
    )), ''), 1, 200000) AS text,
    substr(coalesce((SELECT group_concat(said, char(10)) FROM (
      SELECT substr(value, 1, 20000) AS said FROM result_parts
      WHERE run_id = runs.id AND kind = 'object' ORDER BY position LIMIT 20
    )), ''), 1, 20000) AS data,
    coalesce((SELECT group_concat(substr(CASE type WHEN 'object' THEN value ->> '$.message' END, 1, 5000), char(10))
      FROM json_each(CASE WHEN json_valid(failures) THEN failures ELSE '[]' END)), '') AS failure
  FROM runs;
  `,
  // An end that was not seen has a state of its own. The trigger is off meanwhile: this is no event of the run.
  `
  DROP TRIGGER run_moves;
  UPDATE runs SET state = 'unverified' WHERE state = 'succeeded' AND reason = 'end-not-seen';
  UPDATE run_log SET state = 'unverified' WHERE state = 'succeeded' AND reason = 'end-not-seen';
  CREATE TRIGGER run_moves AFTER UPDATE OF state ON runs WHEN NEW.state IS NOT OLD.state BEGIN
    INSERT INTO run_log (run_id, at, state, reason, detail)
      VALUES (NEW.id, NEW.since, NEW.state, NEW.reason, NEW.reason_detail);
  END;
  `,
  // What a run's session told, kept as it comes: the job it started, and the blocks that were heard from begin to end.
  `
  ALTER TABLE runs ADD COLUMN session_job TEXT;
  ALTER TABLE runs ADD COLUMN end_heard INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN blocks_heard TEXT NOT NULL DEFAULT '[]';
  `,
  // Under which argument each input goes, and what the server called it.
  `
  ALTER TABLE run_inputs ADD COLUMN send_as TEXT;
  ALTER TABLE run_inputs ADD COLUMN server_name TEXT;
  ALTER TABLE run_inputs ADD COLUMN made_from TEXT;
  `,
  // The blocks that a running run has reached; NULL where its start was not heard, so that they cannot be counted.
  'ALTER TABLE runs ADD COLUMN blocks_seen TEXT;',
  // How much of a run's chat is kept, and how many messages were left out because it was too much.
  `
  CREATE TABLE chat_kept (
    run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    bytes INTEGER NOT NULL, left_out INTEGER NOT NULL
  ) STRICT;
  `,
  // Ends that were not looked at are counted at each change.
  'CREATE INDEX runs_unseen ON runs (state) WHERE unseen = 1 AND removed_at IS NULL;',
  // How long the server had the job, in ms, as measured here; NULL where that is not known.
  'ALTER TABLE runs ADD COLUMN took_ms INTEGER;',
  // The place of a run in lists (run-insert.ts): it never goes back when the clock on the wall does.
  `
  ALTER TABLE runs ADD COLUMN listed_at INTEGER NOT NULL DEFAULT 0;
  UPDATE runs SET listed_at = created_at;
  DROP INDEX runs_by_time;
  CREATE INDEX runs_by_listing ON runs (listed_at DESC);
  DROP INDEX runs_searched;
  CREATE INDEX runs_searched ON runs (search_doc, listed_at, removed_at, state, favourite, unseen, recipe_id, profile_id);
  `,
  STORED_BYTES,
  // What is looked for when a run starts, ends or is removed, among all runs there ever were.
  `
  CREATE INDEX runs_by_end ON runs (ended_at) WHERE favourite = 0 AND removed_at IS NULL;
  CREATE INDEX runs_without_job ON runs (profile_id, state, ended_at) WHERE job_id IS NULL;
  CREATE INDEX inputs_by_path ON run_inputs (path) WHERE path IS NOT NULL;
  `,
  FORMS,
  PRESETS,
  FOUND_FILES,
  DRAFT_TABLE,
];
