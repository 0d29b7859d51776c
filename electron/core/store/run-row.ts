import { z } from 'zod';
import { ATTACHMENT_KINDS, INPUT_KINDS, RUN_REASON_NAMES, RUN_STATES } from '../../contract/views.ts';
import type { Run, RunInput } from '../model/run.ts';
import { madeFromSchema } from '../model/made-from.ts';
import type { Row } from './row.ts';
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
  text,
  textOrNull,
  time,
  timeOrNull,
} from './row.ts';

const OUTCOMES = ['success', 'error', 'stopped', 'unknown'] as const;

/**
 * A run as its row and those of its inputs have it. They are one record: with an input that cannot be read, something
 * else would be sent than was asked for.
 *
 * @throws BadCell
 */
export function readRun(row: Row, inputs: readonly Row[]): Run {
  const takes = textOrNull(row, 'takes');
  return {
    id: plainName(row, 'id'),
    profileId: text(row, 'profile_id'),
    origin: text(row, 'origin'),
    serverName: text(row, 'server_name'),
    recipeId: text(row, 'recipe_id'),
    recipeName: text(row, 'recipe_name'),
    takes: takes === null ? null : INPUT_KINDS.filter((kind) => takes.split(',').includes(kind)),
    message: text(row, 'message'),
    state: oneOf(row, 'state', RUN_STATES),
    since: time(row, 'since'),
    reason: oneOfOrNull(row, 'reason', RUN_REASON_NAMES),
    reasonDetail: textOrNull(row, 'reason_detail'),
    createdAt: time(row, 'created_at'),
    listedAt: time(row, 'listed_at'),
    startedAt: timeOrNull(row, 'started_at'),
    endedAt: timeOrNull(row, 'ended_at'),
    tookMs: timeOrNull(row, 'took_ms'),
    jobId: textOrNull(row, 'job_id'),
    outcome: oneOfOrNull(row, 'outcome', OUTCOMES),
    stopRequested: flag(row, 'stop_requested'),
    unseen: flag(row, 'unseen'),
    owner: text(row, 'owner'),
    failures: failuresOf(row),
    sessionKept: flag(row, 'session_kept'),
    drained: flag(row, 'drained'),
    answerCut: flag(row, 'answer_cut'),
    batchId: textOrNull(row, 'batch_id'),
    favourite: flag(row, 'favourite'),
    removedAt: timeOrNull(row, 'removed_at'),
    jobsBefore: idsOf(row, 'jobs_before'),
    candidates: idsOf(row, 'candidates'),
    inputs: inputs.map(readInput),
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
});

/** The place of a file that the user gave: it may be anywhere. */
function pathOrNull(row: Row): string | null {
  const path = textOrNull(row, 'path');
  if (path === '' || path?.includes('\0') === true) throw new BadCell('path', 'no path');
  return path;
}

const failuresSchema = z.array(z.object({ block: z.string().nullable(), message: z.string() }));
const idsSchema = z.array(z.string());

/** The column `failures` of a run; none where it was never written. @throws BadCell */
export const failuresOf = (row: Row): Run['failures'] => jsonOrNull(row, 'failures', failuresSchema) ?? [];

/** A column that holds a list of ids; null where it was never written. @throws BadCell */
export const idsOf = (row: Row, column: string): readonly string[] | null => jsonOrNull(row, column, idsSchema);
