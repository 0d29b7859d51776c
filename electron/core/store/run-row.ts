import { z } from 'zod';
import { ATTACHMENT_KINDS, INPUT_KINDS, RUN_REASONS, RUN_STATES } from '../../contract/views.ts';
import type { Run, RunInput } from '../runs/run.ts';
import type { Row } from './row.ts';
import { number, numberOrNull, oneOf, oneOfOrNull, text, textOrNull } from './row.ts';

const OUTCOMES = ['success', 'error', 'stopped', 'unknown'] as const;

/** A run as its row has it. */
export function readRun(row: Row, inputs: readonly RunInput[]): Run {
  const takes = textOrNull(row, 'takes');
  return {
    id: text(row, 'id'),
    profileId: text(row, 'profile_id'),
    origin: text(row, 'origin'),
    serverName: text(row, 'server_name'),
    recipeId: text(row, 'recipe_id'),
    recipeName: text(row, 'recipe_name'),
    takes: takes === null ? null : INPUT_KINDS.filter((kind) => takes.split(',').includes(kind)),
    message: text(row, 'message'),
    state: oneOf(row, 'state', RUN_STATES),
    since: number(row, 'since'),
    reason: oneOfOrNull(row, 'reason', RUN_REASONS),
    reasonDetail: textOrNull(row, 'reason_detail'),
    createdAt: number(row, 'created_at'),
    startedAt: numberOrNull(row, 'started_at'),
    endedAt: numberOrNull(row, 'ended_at'),
    jobId: textOrNull(row, 'job_id'),
    outcome: oneOfOrNull(row, 'outcome', OUTCOMES),
    stopRequested: number(row, 'stop_requested') === 1,
    unseen: number(row, 'unseen') === 1,
    owner: text(row, 'owner'),
    failures: failuresOf(textOrNull(row, 'failures')),
    sessionKept: number(row, 'session_kept') === 1,
    drained: number(row, 'drained') === 1,
    answerCut: number(row, 'answer_cut') === 1,
    batchId: textOrNull(row, 'batch_id'),
    favourite: number(row, 'favourite') === 1,
    removedAt: numberOrNull(row, 'removed_at'),
    jobsBefore: idsOf(textOrNull(row, 'jobs_before')),
    candidates: idsOf(textOrNull(row, 'candidates')),
    inputs,
  };
}

export const readInput = (row: Row): RunInput => ({
  position: number(row, 'position'),
  kind: oneOf(row, 'kind', ATTACHMENT_KINDS),
  name: text(row, 'name'),
  path: textOrNull(row, 'path'),
  text: textOrNull(row, 'text'),
  size: number(row, 'size'),
  mtimeMs: numberOrNull(row, 'mtime_ms'),
  mime: textOrNull(row, 'mime'),
  sha256: textOrNull(row, 'sha256'),
  fid: textOrNull(row, 'fid'),
  fidExpires: numberOrNull(row, 'fid_expires'),
  copy: textOrNull(row, 'copy'),
});

const failuresSchema = z.array(z.object({ block: z.string().nullable(), message: z.string() }));
const idsSchema = z.array(z.string());

export const failuresOf = (stored: string | null): Run['failures'] =>
  stored === null ? [] : failuresSchema.parse(JSON.parse(stored));
export const idsOf = (stored: string | null): readonly string[] | null =>
  stored === null ? null : idsSchema.parse(JSON.parse(stored));
