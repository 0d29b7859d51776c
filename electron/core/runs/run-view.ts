import type { RunView } from '../../contract/views.ts';
import type { Run } from './run.ts';
import { hasEnded } from './run.ts';

const EXCERPT_LENGTH = 140;

/** A text cut to one short line, for lists. */
function excerptOf(text: string): string | null {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return null;
  const characters = Array.from(line);
  return characters.length <= EXCERPT_LENGTH ? line : `${characters.slice(0, EXCERPT_LENGTH - 1).join('')}…`;
}

/** What is known of a run only while this process carries it. */
export interface Fleeting {
  readonly upload: RunView['upload'];
  readonly progress: RunView['progress'];
  readonly gave: RunView['gave'];
}

/** What is shown of a run: no paths, no fids, no job id. */
export function runView(run: Run, { upload, progress, gave }: Fleeting): RunView {
  return {
    id: run.id,
    profileId: run.profileId,
    serverName: run.serverName,
    recipeId: run.recipeId,
    recipeName: run.recipeName,
    state: run.state,
    since: run.since,
    reason: run.reason,
    reasonDetail: run.reasonDetail,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    inputs: run.inputs.map(({ kind, name, size }) => ({ kind, name, size })),
    excerpt: excerptOf(run.message),
    upload: run.state === 'uploading' ? upload : null,
    stopRequested: run.stopRequested,
    progress: run.state === 'running' ? progress : null,
    failures: run.failures,
    batchId: run.batchId,
    favourite: run.favourite,
    candidates: run.candidates?.length ?? null,
    unseen: run.unseen,
    gave: hasEnded(run) ? gave : null,
  };
}
