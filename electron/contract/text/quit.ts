/** Describes what quitting does to the runs in progress. */
import { countWords } from '../formats.ts';

/** The runs in progress, counted by what quitting does to them. */
export interface QuitFacts {
  /** On their way to the server. */
  readonly sending: number;
  /** Running on a server that continues without this program. */
  readonly onServer: number;
  /** Running on the practice server, which ends with this program. */
  readonly onPractice: number;
  /** Not sent yet. */
  readonly waiting: number;
  /** At least one of the runs belongs to a server whose token is kept in memory only. */
  readonly needsToken: boolean;
}

export interface QuitWords {
  readonly message: string;
  readonly detail: string;
}

const are = (count: number): string => `${countWords(count, 'run')} ${count === 1 ? 'is' : 'are'}`;

/** The question before quitting; null if no run is in progress. */
export function quitWords({ sending, onServer, onPractice, waiting, needsToken }: QuitFacts): QuitWords | null {
  const all = sending + onServer + onPractice + waiting;
  if (all === 0) return null;
  const theyGo = onServer === 1 ? 'It continues' : 'They continue';
  const detail = [
    ...(sending > 0 ? [`${are(sending)} being sent. Sending stops, and continues when OmniTray starts again.`] : []),
    ...(onServer > 0
      ? [`${are(onServer)} on the server. ${theyGo} there, and the results are fetched when OmniTray starts again.`]
      : []),
    ...(onPractice > 0 ? [`${are(onPractice)} on the practice server, which ends with OmniTray.`] : []),
    ...(waiting > 0 ? [`${are(waiting)} waiting, and can be sent when OmniTray starts again.`] : []),
    ...(needsToken ? ['You will need the token again then: it is kept only until OmniTray quits.'] : []),
  ];
  return { message: `${are(all)} in progress. Quit OmniTray?`, detail: detail.join('\n') };
}
