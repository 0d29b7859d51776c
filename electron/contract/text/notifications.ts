/** The texts of desktop notifications. */
import type { ExternalJobView, RunView } from '../views.ts';
import { batchSizeWords, batchWords } from './batches.ts';
import { isAnswerCut, runStateWords, runSummaryWords } from './runs.ts';

/** The text of a desktop notification. */
export interface NotificationWords {
  readonly title: string;
  readonly body: string;
}

/** For a closed window whose program keeps running. */
export const stillRunningWords = (hasTray: boolean): NotificationWords => ({
  title: 'OmniTray is still running',
  body: hasTray
    ? 'Its icon in the tray brings the window back. To end it, choose Quit there, or press Ctrl+Q in the window.'
    : 'Start OmniTray again to get the window back. To end it, press Ctrl+Q in the window.',
});

/** For the test notification of the settings. */
export const TEST_WORDS: NotificationWords = {
  title: 'This is a notification from OmniTray',
  body: 'When a run ends, one like this says so, and a click on it opens the result.',
};

/** The body of a notification whose details are hidden. */
export const HIDDEN_BODY = 'Open OmniTray to see it.';

/** For the end of an external job. */
export function externalJobEndWords(run: ExternalJobView): NotificationWords {
  const [failure] = run.failures;
  const ended = { succeeded: 'is done', failed: 'has failed', stopped: 'was stopped' } as const;
  const what = run.state === 'running' || run.state === 'stopping' ? 'has ended' : ended[run.state];
  return { title: `${run.recipeName} ${what}`, body: failure?.message ?? 'It was started elsewhere.' };
}

const NEEDS_TOKEN = {
  'token-expired': 'The token has expired.',
  'token-refused': 'It does not accept the token.',
  'token-absent': 'There is no token for it any more.',
};

/** For a server whose runs all wait for a new token. */
export const newTokenWords = (serverName: string, reason: keyof typeof NEEDS_TOKEN): NotificationWords => ({
  title: `${serverName} needs a new token`,
  body: `${NEEDS_TOKEN[reason]} Runs wait until you paste one.`,
});

/** For a run that ended or is unconfirmed. */
export function runNotificationWords(run: RunView): NotificationWords {
  const words = runStateWords(run.state, run.reason, run.reasonDetail);
  const isDone = isPlainSuccess(run);
  return {
    title: isDone ? `${run.recipeName} is done` : `${run.recipeName}: ${words.label.toLowerCase()}`,
    body: isDone ? runSummaryWords(run) : words.sentence,
  };
}

/** For a batch whose last run ended. */
export function batchNotificationWords(
  recipeName: string,
  batch: readonly Pick<RunView, 'state' | 'reason'>[],
): NotificationWords {
  const what = batch.every(isPlainSuccess) ? 'is done' : 'has ended';
  return { title: `${recipeName} ${what}: ${batchSizeWords(batch)}`, body: `${batchWords(batch)}.` };
}

const isPlainSuccess = (run: Pick<RunView, 'state' | 'reason'>): boolean =>
  run.state === 'succeeded' && !isAnswerCut(run);
