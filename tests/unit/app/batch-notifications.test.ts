import { describe, expect, it } from 'vitest';
import type { RunState, RunView } from '../../../electron/contract/views.ts';
import {
  batchNotification,
  type DesktopNotification,
  runNotification,
} from '../../../electron/core/app/notifications.ts';
import { type BatchRuns, worstOf } from '../../../electron/core/app/notification-target.ts';
import { runView } from '../../../electron/core/history/run-view.ts';
import { aRun } from '../../support/a-run.ts';

const viewOf = (id: string, state: RunState): RunView =>
  runView(
    { ...aRun(), id, state, batchId: 'b', candidates: [] },
    { upload: null, progress: null, said: 0, gave: null, picture: null },
  );
const batchOf = (...states: readonly RunState[]) =>
  states.map((state, index) => ({ id: String(index), state, reason: null }));

/** Decides as the shell does: the notification of a single run has priority. */
function noticeFor(run: RunView, batch: BatchRuns): DesktopNotification | null {
  const own = runNotification('starting', run);
  return own === null ? null : batchNotification(own, run, batch);
}

describe('the notification of a batch', () => {
  it('is shown once, when the last run ends', () => {
    expect(noticeFor(viewOf('0', 'succeeded'), batchOf('succeeded', 'running', 'queued'))).toBeNull();
    expect(noticeFor(viewOf('2', 'succeeded'), batchOf('succeeded', 'succeeded', 'succeeded'))).toEqual({
      target: { kind: 'batch', batchId: 'b' },
      title: 'Summarise is done: 3 runs',
      body: '3 done.',
    });
  });

  it('counts the runs that failed', () => {
    const batch = batchOf(...Array.from({ length: 1_200 }, () => 'succeeded' as const), 'failed', 'empty');
    expect(noticeFor(viewOf('0', 'succeeded'), batch)).toEqual({
      target: { kind: 'batch', batchId: 'b' },
      title: 'Summarise has ended: 1,202 runs',
      body: '1,200 done, 1 failed and 1 no output.',
    });
  });

  it('does not say done when a chat answer was cut, and opens that run', () => {
    const batch = [...batchOf('succeeded'), { id: '1', state: 'succeeded', reason: 'answer-cut' } as const];
    const { title, body } = noticeFor(viewOf('0', 'succeeded'), batch) ?? {};
    expect([title, body]).toEqual(['Summarise has ended: 2 runs', '1 done and 1 answer cut.']);
    expect(worstOf(batch)?.id).toBe('1');
    expect(runNotification('collecting', { ...viewOf('1', 'succeeded'), reason: 'answer-cut' })).toMatchObject({
      title: 'Summarise: answer cut',
    });
  });

  it('does not say done when a run was stopped', () => {
    expect(noticeFor(viewOf('1', 'succeeded'), batchOf('stopped', 'succeeded'))).toMatchObject({
      title: 'Summarise has ended: 2 runs',
      body: '1 done and 1 stopped.',
    });
  });

  it('does not wait for an unconfirmed run, which is notified at once', () => {
    expect(noticeFor(viewOf('1', 'succeeded'), batchOf('unconfirmed', 'succeeded'))).toMatchObject({
      target: { kind: 'batch', batchId: 'b' },
      body: '1 done and 1 unconfirmed.',
    });
    expect(noticeFor(viewOf('0', 'unconfirmed'), batchOf('unconfirmed', 'running'))).toMatchObject({
      target: { kind: 'run', runId: '0' },
      title: 'Summarise: unconfirmed',
    });
  });

  it('is the notification of the remaining run when the others were removed', () => {
    expect(noticeFor(viewOf('0', 'succeeded'), batchOf('succeeded'))).toMatchObject({ title: 'Summarise is done' });
  });
});
