import { expect, it } from 'vitest';
import { logLines } from '../../../electron/contract/text/log.ts';
import { RUN_STATES, type RunLogEntryView } from '../../../electron/contract/views.ts';

const at = (hour: number, minute: number, second: number, day = 25): number =>
  new Date(2026, 10, day, hour, minute, second).getTime();
const entry = (
  time: number,
  state: RunLogEntryView['state'],
  more: Partial<RunLogEntryView> = {},
): RunLogEntryView => ({
  at: time,
  state,
  reason: null,
  detail: null,
  ...more,
});

it('describes a run from its queue to its end', () => {
  const entries = [
    entry(at(14, 2, 11), 'queued'),
    entry(at(14, 2, 11), 'waiting', { reason: 'server-away', detail: 'home' }),
    entry(at(14, 3, 0), 'queued'),
    entry(at(14, 3, 0), 'uploading'),
    entry(at(14, 3, 4), 'starting'),
    entry(at(14, 3, 5), 'running'),
    entry(at(14, 3, 17), 'collecting'),
    entry(at(14, 3, 17), 'succeeded'),
  ];
  const lines = logLines({ entries, files: 2, bytes: 3_250_000, tookMs: null });
  expect(lines.map(({ time, text, reason }) => `${time} ${text}${reason === null ? '' : `: ${reason}`}`)).toEqual([
    '14:02:11 Queued',
    '14:02:11 Waits: home does not answer. This run waits for it.',
    '14:03:00 Queued again',
    '14:03:00 Sends 2 files, 3.1 MB',
    '14:03:04 Sent 2 files, 3.1 MB. Start asked for',
    '14:03:05 Taken by the server',
    '14:03:17 Ended on the server',
    '14:03:17 Done after 12 s',
  ]);
});

it('shows the day when it changes, and the whole time of a run that the server never had', () => {
  const entries = [entry(at(23, 59, 50), 'queued'), entry(at(0, 0, 20, 26), 'failed', { reason: 'file-vanished' })];
  const [, last] = logLines({ entries, files: 0, bytes: 0, tookMs: null });
  expect(last).toMatchObject({ time: '26 November 00:00:20', text: 'Failed after 30 s' });
  expect(last?.reason).toMatch(/no longer where it was/);
});

it('has a text for every state', () => {
  for (const state of RUN_STATES)
    expect(logLines({ entries: [entry(0, state)], files: 0, bytes: 0, tookMs: null })[0]?.text).toMatch(/^[A-Z]/);
  expect(
    logLines({ entries: [entry(0, 'unconfirmed'), entry(1, 'running')], files: 0, bytes: 0, tookMs: null })[1]?.text,
  ).toBe('Found on the server');
});

it('shows the measured time, and none when the clock was set in between', () => {
  const entries = [entry(at(14, 3, 5), 'running'), entry(at(14, 3, 5, 2), 'succeeded')];
  const textOf = (tookMs: number | null) => logLines({ entries, files: 0, bytes: 0, tookMs })[1]?.text;
  expect([textOf(12_000), textOf(null)]).toEqual(['Done after 12 s', 'Done']);
});
