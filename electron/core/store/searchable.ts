/**
 * The migration for forms: what a run sends of one, the field that each file fills, and what a form was last filled in with.
 *
 * The view `searchable` has the texts by which a run is found, now with those of its form. It repeats the earlier view of
 * migrations.ts, which stays as it was released. A damaged cell is no text to search for.
 */
export const FORMS = `
  ALTER TABLE runs ADD COLUMN form TEXT;
  ALTER TABLE run_inputs ADD COLUMN field TEXT;
  ALTER TABLE recipe_marks ADD COLUMN form_values TEXT;
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
    )), '') || coalesce((SELECT group_concat(char(10) || substr(CASE type WHEN 'object' THEN value ->> '$.value' END, 1, 10000), '')
      FROM json_each(CASE WHEN json_valid(form) THEN form ELSE '[]' END)), '') AS message,
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
`;
