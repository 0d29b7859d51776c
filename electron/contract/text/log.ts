/** The log of a run: one line per event. */
import { countWords, durationWords, secondsWords, sizeWords, spanBetween } from '../formats.ts';
import { runStateWords } from './runs.ts';
import type { RunLogEntryView, RunLogView, RunState } from '../views.ts';

export interface LogLine {
  readonly at: number;
  /** `14:02:11`, with the day if it differs from the day of the line before. */
  readonly time: string;
  readonly text: string;
  /** null if the event has no reason. */
  readonly reason: string | null;
}

/** The lines of the log, oldest first. */
export const logLines = ({ entries, files, bytes, tookMs }: RunLogView): readonly LogLine[] =>
  entries.map((entry, index) => {
    const before = entries[index - 1];
    return {
      at: entry.at,
      time: secondsWords(entry.at, before?.at ?? null),
      text: textOf(entry, before?.state ?? null, sentWords(files, bytes), tookMs ?? tookByTheWall(entries, index)),
      reason: entry.reason === null ? null : runStateWords(entry.state, entry.reason, entry.detail).sentence,
    };
  });

/** The time since the server took the run, or else since its first entry; null if the clock was set in between. */
function tookByTheWall(entries: readonly RunLogEntryView[], index: number): number | null {
  const begin = entries.slice(0, index).findLast(({ state }) => state === 'running') ?? entries[0];
  const end = entries[index];
  return begin === undefined || end === undefined ? null : spanBetween(begin.at, end.at);
}

const sentWords = (files: number, bytes: number): string | null =>
  files === 0 ? null : `${countWords(files, 'file')}, ${sizeWords(bytes)}`;

function textOf(entry: RunLogEntryView, before: RunState | null, sent: string | null, tookMs: number | null): string {
  const took = tookMs === null ? '' : ` after ${durationWords(tookMs)}`;
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
      return `Done${took}`;
    case 'unverified':
      return 'The end was not seen';
    case 'empty':
      return `Done${took}, without output`;
    case 'failed':
      return `Failed${took}`;
    case 'stopped':
      return `Stopped${took}`;
    case 'lost':
      return 'Lost by the server';
  }
}
