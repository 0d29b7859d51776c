import type { ElsewhereRunView, EndState, RunId, RunState, RunView } from '../../contract/views.ts';
import { END_STATES } from '../../contract/views.ts';
import { batchSizeWords, batchWords, runStateWords, runSummaryWords } from '../../contract/words.ts';

/** A desktop notification as plain data; its click opens the run, or the window where it is about none. */
export interface Notice {
  readonly runId: RunId | null;
  readonly title: string;
  readonly body: string;
}

/** Said once, when the window is first closed: the program goes on. */
export const STILL_HERE: Notice = {
  runId: null,
  title: 'OmniTray is still running',
  body: 'It waits in the tray. To end it, choose Quit from the menu of its icon.',
};

/** Asked for in the settings, to see whether notices come. */
export const TEST_NOTICE: Notice = {
  runId: null,
  title: 'This is a notice of OmniTray',
  body: 'When a run ends, one like this says so. A click on it opens the result.',
};

/** The same without what others who look at the screen need not read: names of files, what came back, why it failed. */
export const withoutDetails = (notice: Notice): Notice => ({ ...notice, body: 'Open OmniTray to see it.' });

/** For a job that was started elsewhere: asked for in the settings, as the user may sit right there. */
export function elsewhereNotice(run: ElsewhereRunView): Notice {
  const [failure] = run.failures;
  const ended = { succeeded: 'is done', failed: 'has failed', stopped: 'was stopped' } as const;
  const what = run.state === 'running' || run.state === 'stopping' ? 'has ended' : ended[run.state];
  return { runId: null, title: `${run.recipeName} ${what}`, body: failure?.message ?? 'It was started elsewhere.' };
}

const isEnd = (state: RunState): state is EndState => (END_STATES as readonly RunState[]).includes(state);

/**
 * The notice that a change of a run is worth; null for none. Told once, on the arrow into the state, so that a restart
 * or a look at an old run never repeats it. A run that the user stopped is no news to them.
 */
export function noticeOf(before: RunState | null, run: RunView): Notice | null {
  if (before === null || before === run.state) return null;
  if (run.state === 'stopped') return null;
  // A lost answer may still come by another way, and then there was nothing to tell.
  if (run.state === 'unconfirmed' && run.candidates === null) return null;
  if (!isEnd(run.state) && run.state !== 'unconfirmed') return null;
  const words = runStateWords(run.state, run.reason, run.reasonDetail);
  const title =
    run.state === 'succeeded' ? `${run.recipeName} is done` : `${run.recipeName}: ${words.label.toLowerCase()}`;
  return { runId: run.id, title, body: run.state === 'succeeded' ? runSummaryWords(run) : words.sentence };
}

/** Each run of a batch, the one that has just come to its end among them. */
export type BatchStand = readonly { readonly id: RunId; readonly state: RunState }[];

/**
 * One notice for a whole batch, when the last of its runs is at rest: a drop of a thousand files must not ring a thousand
 * times. Opens what did not go well, where anything did not. A start whose answer is lost is told at once, by itself,
 * as it needs the user. `own` is what the run alone is worth (noticeOf).
 */
export function batchNotice(own: Notice, run: RunView, batch: BatchStand): Notice | null {
  if (run.state === 'unconfirmed' || batch.length < 2) return own;
  if (batch.some(({ state }) => !isEnd(state) && state !== 'unconfirmed')) return null;
  const worst = batch.find(({ state }) => state !== 'succeeded' && state !== 'stopped');
  const title = `${run.recipeName} ${worst === undefined ? 'is done' : 'has ended'}: ${batchSizeWords(batch)}`;
  return { runId: worst?.id ?? run.id, title, body: `${batchWords(batch)}.` };
}
