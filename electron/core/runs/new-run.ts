import { randomUUID } from 'node:crypto';
import type { BatchId, ProfileId, RecipeView } from '../../contract/views.ts';
import { AppError } from '../app/app-error.ts';
import { usedBy } from '../intake/assemble.ts';
import type { Attachment } from '../intake/attachments.ts';
import type { RunIn } from './run.ts';

export interface RunRequest {
  readonly profile: { readonly id: ProfileId; readonly origin: string; readonly name: string };
  readonly recipe: Pick<RecipeView, 'id' | 'name' | 'shape'>;
  readonly attachments: readonly Attachment[];
  readonly message: string;
  readonly owner: string;
  readonly batchId?: BatchId;
}

/**
 * Makes a run of what is on the table, or says why it cannot run as it is. What the recipe will not use is not part of
 * the run: it is neither sent nor on the receipt.
 *
 * @throws AppError `attachment-problem` with the file's name; `nothing-to-run`
 */
export function newRun(request: RunRequest, now: number): RunIn<'queued'> {
  const { profile, recipe, message } = request;
  const takes = recipe.shape?.takes ?? null;
  const { used } = usedBy(takes, request.attachments);
  const bad = request.attachments.find((attachment) => attachment.problem !== null);
  if (bad !== undefined) throw new AppError('attachment-problem', bad.name);
  const hasText = message.trim() !== '' && (takes === null || takes.includes('text'));
  const needsInput = takes === null || takes.length > 0;
  if (needsInput && used.length === 0 && !hasText) throw new AppError('nothing-to-run', recipe.name);
  return {
    id: randomUUID(),
    profileId: profile.id,
    origin: profile.origin,
    serverName: profile.name,
    recipeId: recipe.id,
    recipeName: recipe.name,
    takes,
    message: message.trim(),
    state: 'queued',
    since: now,
    reason: null,
    reasonDetail: null,
    createdAt: now,
    startedAt: null,
    endedAt: null,
    jobId: null,
    outcome: null,
    stopRequested: false,
    unseen: false,
    owner: request.owner,
    failures: [],
    sessionKept: false,
    drained: false,
    batchId: request.batchId ?? null,
    favourite: false,
    removedAt: null,
    jobsBefore: null,
    candidates: null,
    inputs: used.map(({ kind, name, path, text, size, mtimeMs, mime }, position) => ({
      position,
      kind,
      name,
      path,
      text,
      size,
      mtimeMs,
      mime,
      sha256: null,
      fid: null,
      fidExpires: null,
      copy: null,
    })),
  };
}
