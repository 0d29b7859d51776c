/** The log of a run in words: one line for each thing that happened to it. */
import { countWords, durationWords, secondsWords, sizeWords } from './formats.ts';
import { runStateWords } from './run-words.ts';
import type { RunLogEntryView, RunLogView, RunState } from './views.ts';

export interface LogLine {
  readonly at: number;
  /** `14:02:11`, with the day where it is not that of the line before. */
  readonly time: string;
  readonly text: string;
  /** Why, where there is a reason. */
  readonly reason: string | null;
}

/** What the log says; the oldest first. */
export const logLines = ({ entries, files, bytes }: RunLogView): readonly LogLine[] =>
  entries.map((entry, index) => {
    const before = entries[index - 1];
    return {
      at: entry.at,
      time: secondsWords(entry.at, before?.at ?? null),
      text: textOf(entry, before?.state ?? null, sentWords(files, bytes), startOf(entries, index)),
      reason: entry.reason === null ? null : runStateWords(entry.state, entry.reason, entry.detail).sentence,
    };
  });

/** When the server took it, before that line; the beginning where it never did. */
const startOf = (entries: readonly RunLogEntryView[], index: number): number =>
  (entries.slice(0, index).findLast(({ state }) => state === 'running') ?? entries[0])?.at ?? 0;

const sentWords = (files: number, bytes: number): string | null =>
  files === 0 ? null : `${countWords(files, 'file')}, ${sizeWords(bytes)}`;

function textOf(entry: RunLogEntryView, before: RunState | null, sent: string | null, startedAt: number): string {
  const took = durationWords(entry.at - startedAt);
  switch (entry.state) {
    case 'queued':
      return before === null ? 'Queued' : 'Queued again';
    case 'waiting':
      return 'Waits';
    case 'uploading':
      return sent === null ? 'Made ready' : `Sends ${sent}`;
    case 'starting':
      return sent === null ? 'Start asked for' : `Sent ${sent}. Start asked for`;
    case 'unconfirmed':
      return 'No answer from the server';
    case 'running':
      return before === 'unconfirmed' ? 'Found on the server' : 'Taken by the server';
    case 'collecting':
      return before === 'collecting' ? 'Result not here yet' : 'Ended on the server';
    case 'succeeded':
      return `Done after ${took}`;
    case 'unverified':
      return 'The end was not seen';
    case 'empty':
      return `Done after ${took}, without output`;
    case 'failed':
      return `Failed after ${took}`;
    case 'stopped':
      return `Stopped after ${took}`;
    case 'lost':
      return 'Lost by the server';
  }
}
