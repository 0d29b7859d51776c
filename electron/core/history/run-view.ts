import { isEnded, type RunView } from '../../contract/views.ts';
import { excerptOf } from '../base/excerpt.ts';
import type { ListedRun } from '../model/listed-run.ts';
import type { Run } from '../model/run.ts';

const EXCERPT_LENGTH = 140;

/** What is known of a run beside its row: its progress while this process carries it, and what it returned. */
interface LiveFacts {
  readonly upload: RunView['upload'];
  readonly progress: RunView['progress'];
  readonly said: number;
  readonly gave: RunView['gave'];
  readonly picture: RunView['picture'];
}

/** The first text of a form, in place of a message. A listed run has it as its message already. */
const formTextOf = (form: Run['form'] | undefined): string =>
  (form ?? []).flatMap(({ value }) => (typeof value === 'string' && value !== '' ? [value] : []))[0] ?? '';

/** Builds the view of a run: no paths, no file ids, no job id. */
export function runView(
  run: ListedRun & { readonly form?: Run['form'] },
  { upload, progress, said, gave, picture }: LiveFacts,
): RunView {
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
    listedAt: run.listedAt,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    inputs: run.inputs.map(({ kind, name, size }) => ({ kind, name, size })),
    excerpt: excerptOf(run.message || formTextOf(run.form), EXCERPT_LENGTH) || null,
    upload: run.state === 'uploading' ? upload : null,
    stopRequested: run.stopRequested,
    progress: run.state === 'running' ? progress : null,
    said: isEnded(run) ? 0 : said,
    failures: run.failures,
    batchId: run.batchId,
    favourite: run.favourite,
    candidates: run.candidates?.length ?? null,
    unseen: run.unseen,
    gave: isEnded(run) ? gave : null,
    picture: isEnded(run) ? picture : null,
  };
}
