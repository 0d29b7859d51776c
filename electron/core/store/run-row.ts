import { z } from 'zod';
import { ATTACHMENT_KINDS, INPUT_KINDS, RUN_REASON_NAMES, RUN_STATES } from '../../contract/views.ts';
import type { ListedRun } from '../model/listed-run.ts';
import { EXCERPT_SOURCE } from '../base/excerpt.ts';
import type { Run, RunInput } from '../model/run.ts';
import { madeFromSchema } from '../model/made-from.ts';
import {
  BadCell,
  count,
  flag,
  jsonOrNull,
  numberOrNull,
  oneOf,
  oneOfOrNull,
  plainName,
  plainNameOrNull,
  type Row,
  text,
  textOrNull,
  time,
  timeOrNull,
} from './row.ts';

const OUTCOMES = ['success', 'error', 'stopped', 'unknown'] as const;

/** The message, or of a run without one the first text of its form. */
const MESSAGE = `CASE WHEN message <> '' OR form IS NULL THEN message ELSE coalesce((SELECT said FROM (
  SELECT CASE type WHEN 'object' THEN value ->> '$.value' END AS said
  FROM json_each(CASE WHEN json_valid(form) THEN form ELSE '[]' END)
) WHERE typeof(said) = 'text' AND said <> '' LIMIT 1), '') END`;

/**
 * The columns that a list shows of a run. Without its texts and without the jobs before its start: with
 * them, five hundred runs can take gigabytes.
 */
export const LISTED_COLUMNS = `id, profile_id, server_name, recipe_id, recipe_name, substr(${MESSAGE}, 1, ${EXCERPT_SOURCE}) AS message, state,
  since, reason, reason_detail, created_at, listed_at, started_at, ended_at, stop_requested, failures, candidates, unseen, batch_id,
  favourite`;

/** The columns that lists and single runs have in common. @throws BadCell */
const listedColumns = (row: Row): Omit<ListedRun, 'inputs'> => ({
  id: plainName(row, 'id'),
  profileId: text(row, 'profile_id'),
  serverName: text(row, 'server_name'),
  recipeId: text(row, 'recipe_id'),
  recipeName: text(row, 'recipe_name'),
  message: text(row, 'message'),
  state: oneOf(row, 'state', RUN_STATES),
  since: time(row, 'since'),
  reason: oneOfOrNull(row, 'reason', RUN_REASON_NAMES),
  reasonDetail: textOrNull(row, 'reason_detail'),
  createdAt: time(row, 'created_at'),
  listedAt: time(row, 'listed_at'),
  startedAt: timeOrNull(row, 'started_at'),
  endedAt: timeOrNull(row, 'ended_at'),
  stopRequested: flag(row, 'stop_requested'),
  unseen: flag(row, 'unseen'),
  failures: failuresOf(row),
  batchId: textOrNull(row, 'batch_id'),
  favourite: flag(row, 'favourite'),
  candidates: idsOf(row, 'candidates'),
});

/** A run as lists show it. @throws BadCell */
export const readListedRun = (row: Row, inputs: readonly Row[]): ListedRun => ({
  ...listedColumns(row),
  inputs: inputs.map((input) => ({
    kind: oneOf(input, 'kind', ATTACHMENT_KINDS),
    name: text(input, 'name'),
    size: count(input, 'size'),
  })),
});

/**
 * Reads a run with its inputs. They are one record: without an input that cannot be read, something else would be sent than
 * was asked for.
 *
 * @throws BadCell
 */
export function readRun(row: Row, inputs: readonly Row[]): Run {
  const takes = textOrNull(row, 'takes');
  return {
    ...listedColumns(row),
    origin: text(row, 'origin'),
    takes: takes === null ? null : INPUT_KINDS.filter((kind) => takes.split(',').includes(kind)),
    tookMs: timeOrNull(row, 'took_ms'),
    jobId: textOrNull(row, 'job_id'),
    outcome: oneOfOrNull(row, 'outcome', OUTCOMES),
    owner: text(row, 'owner'),
    sessionKept: flag(row, 'session_kept'),
    drained: flag(row, 'drained'),
    answerCut: flag(row, 'answer_cut'),
    removedAt: timeOrNull(row, 'removed_at'),
    jobsBefore: idsOf(row, 'jobs_before'),
    inputs: inputs.map(readInput),
    form: jsonOrNull(row, 'form', formSchema),
  };
}

const readInput = (row: Row): RunInput => ({
  position: count(row, 'position'),
  kind: oneOf(row, 'kind', ATTACHMENT_KINDS),
  name: text(row, 'name'),
  path: pathOrNull(row),
  text: textOrNull(row, 'text'),
  size: count(row, 'size'),
  mtimeMs: numberOrNull(row, 'mtime_ms'),
  mime: textOrNull(row, 'mime'),
  sendAs: oneOfOrNull(row, 'send_as', INPUT_KINDS),
  sha256: textOrNull(row, 'sha256'),
  fid: textOrNull(row, 'fid'),
  fidExpires: numberOrNull(row, 'fid_expires'),
  copy: plainNameOrNull(row, 'copy'),
  serverName: textOrNull(row, 'server_name'),
  madeFrom: jsonOrNull(row, 'made_from', madeFromSchema),
  field: textOrNull(row, 'field'),
});

/** The path of a file that the user chose: any place. */
function pathOrNull(row: Row): string | null {
  const path = textOrNull(row, 'path');
  if (path === '' || path?.includes('\0') === true) throw new BadCell('path', 'no path');
  return path;
}

const failuresSchema = z.array(z.object({ block: z.string().nullable(), message: z.string() }));
const idsSchema = z.array(z.string());
/** The column `form` of a run. */
export const formSchema = z.array(
  z.object({
    key: z.string(),
    label: z.string(),
    sendAs: z.string().nullable(),
    value: z.json(),
    files: z.enum(['entries', 'plain']).nullable(),
  }),
);

/** The column `failures` of a run; empty when it was never written. @throws BadCell */
const failuresOf = (row: Row): Run['failures'] => jsonOrNull(row, 'failures', failuresSchema) ?? [];

/** A column that holds a list of ids; null when it was never written. @throws BadCell */
export const idsOf = (row: Row, column: string): readonly string[] | null => jsonOrNull(row, column, idsSchema);
