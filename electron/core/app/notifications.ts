import type { ElsewhereRunView, EndState, ProfileId, RunReason, RunState, RunView } from '../../contract/views.ts';
import { END_STATES } from '../../contract/views.ts';
import type { BatchRuns, NotificationTarget } from './notification-target.ts';
import {
  batchSizeWords,
  batchWords,
  isAnswerCut,
  runStateWords,
  runSummaryWords,
  startTroubleWords,
} from '../../contract/words.ts';

/** A desktop notification as plain data; its click opens what it is about (notice-target.ts). */
export interface DesktopNotification {
  readonly target: NotificationTarget;
  readonly title: string;
  readonly body: string;
}

/** Said when the window is closed: the program goes on. */
export const stillRunning = (hasTray: boolean): DesktopNotification => ({
  target: { kind: 'window' },
  title: 'OmniTray is still running',
  body: hasTray
    ? 'Its icon in the tray brings the window back. To end it, choose Quit there, or press Ctrl+Q in the window.'
    : 'Start OmniTray again to get the window back. To end it, press Ctrl+Q in the window.',
});

/** Asked for in the settings, to see whether notices come. */
export const TEST_NOTIFICATION: DesktopNotification = {
  target: { kind: 'settings' },
  title: 'This is a notice of OmniTray',
  body: 'When a run ends, one like this says so, and a click on it opens the result.',
};

const { title: noWindow, next: whatHelps } = startTroubleWords({ part: 'window', problem: null });

/** Said where the window itself cannot say what failed of the start. */
export const NO_WINDOW: DesktopNotification = { target: { kind: 'window' }, title: noWindow, body: whatHelps };

/** The same without what others who look at the screen need not read: names of files, what came back, why it failed. */
export const withoutDetails = (notice: DesktopNotification): DesktopNotification => ({
  ...notice,
  body: 'Open OmniTray to see it.',
});

/** For a job that was started elsewhere: asked for in the settings, as the user may sit right there. */
export function externalJobNotification(run: ElsewhereRunView): DesktopNotification {
  const [failure] = run.failures;
  const ended = { succeeded: 'is done', failed: 'has failed', stopped: 'was stopped' } as const;
  const what = run.state === 'running' || run.state === 'stopping' ? 'has ended' : ended[run.state];
  return {
    target: { kind: 'elsewhere', elsewhereId: run.id },
    title: `${run.recipeName} ${what}`,
    body: failure?.message ?? 'It was started elsewhere.',
  };
}

/** Reasons to wait that only the user can lift: no run of that server goes on before. */
const NEEDS_TOKEN: Partial<Record<RunReason, string>> = {
  'token-expired': 'The token has run out.',
  'token-refused': 'It does not accept the token.',
  'token-absent': 'There is no token for it any more.',
};

/** Tells once for each server that its runs wait for a new token, and again after they went on. */
export class TokenNotifications {
  readonly #told = new Set<ProfileId>();

  /** The notice that a change of a run is worth; null for none. */
  forChange({ state, reason, profileId, serverName }: RunView): DesktopNotification | null {
    if (state === 'uploading' || state === 'starting') this.#told.delete(profileId);
    const why = state === 'waiting' && reason !== null ? NEEDS_TOKEN[reason] : undefined;
    if (why === undefined || this.#told.has(profileId)) return null;
    this.#told.add(profileId);
    return {
      target: { kind: 'server', profileId },
      title: `${serverName} needs a new token`,
      body: `${why} Runs wait until you paste one.`,
    };
  }
}

const isEnd = (state: RunState): state is EndState => (END_STATES as readonly RunState[]).includes(state);

/**
 * The notice that a change of a run is worth; null for none. Told once, on the arrow into the state, so that a restart
 * or a look at an old run never repeats it. A run that the user stopped is no news to them.
 */
export function runNotification(before: RunState | null, run: RunView): DesktopNotification | null {
  if (before === null || before === run.state) return null;
  if (run.state === 'stopped') return null;
  // A lost answer may still come by another way, and then there was nothing to tell.
  if (run.state === 'unconfirmed' && run.candidates === null) return null;
  if (!isEnd(run.state) && run.state !== 'unconfirmed') return null;
  const words = runStateWords(run.state, run.reason, run.reasonDetail);
  const isDone = run.state === 'succeeded' && !isAnswerCut(run);
  return {
    target: { kind: 'run', runId: run.id },
    title: isDone ? `${run.recipeName} is done` : `${run.recipeName}: ${words.label.toLowerCase()}`,
    body: isDone ? runSummaryWords(run) : words.sentence,
  };
}

/**
 * One notice for a whole batch, when the last of its runs is at rest: a drop of a thousand files must not ring a thousand
 * times. Opens what did not go well, where anything did not. A start whose answer is lost is told at once, by itself,
 * as it needs the user. `own` is what the run alone is worth (noticeOf).
 */
export function batchNotification(
  own: DesktopNotification,
  run: RunView,
  batch: BatchRuns,
): DesktopNotification | null {
  const { batchId } = run;
  if (batchId === null || run.state === 'unconfirmed' || batch.length < 2) return own;
  if (batch.some(({ state }) => !isEnd(state) && state !== 'unconfirmed')) return null;
  const isDone = batch.every((each) => each.state === 'succeeded' && !isAnswerCut(each));
  const title = `${run.recipeName} ${isDone ? 'is done' : 'has ended'}: ${batchSizeWords(batch)}`;
  return { target: { kind: 'batch', batchId }, title, body: `${batchWords(batch)}.` };
}
