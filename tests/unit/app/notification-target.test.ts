import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunState, RunView } from '../../../electron/contract/views.ts';
import {
  idOf,
  type NotificationTarget,
  type RouteFacts,
  routeOf,
  targetOf,
} from '../../../electron/core/app/notification-target.ts';
import { TokenNotifications } from '../../../electron/core/app/notifications.ts';
import { runView } from '../../../electron/core/history/run-view.ts';
import { aRun } from '../../support/a-run.ts';

const ID = randomUUID();
const TARGETS: readonly NotificationTarget[] = [
  { kind: 'run', runId: ID },
  { kind: 'batch', batchId: ID },
  { kind: 'external-job', externalJobId: ID },
  { kind: 'server', profileId: ID },
  { kind: 'settings' },
  { kind: 'window' },
];

const nothing: RouteFacts = { hasRun: () => false, batch: () => [], needsToken: () => false };
const runOf = (batch: readonly (readonly [string, RunState])[]): RouteFacts => ({
  hasRun: (runId) => batch.some(([id]) => id === runId),
  batch: () => batch.map(([id, state]) => ({ id, state, reason: null })),
  needsToken: () => true,
});

describe('the id of a notification', () => {
  it.each(TARGETS)('of kind $kind encodes its target without any state in memory', (target) => {
    expect(targetOf(idOf(target))).toEqual(target);
    expect(idOf(target).length).toBeLessThanOrEqual(64);
  });

  it('differs for each job and each kind', () => {
    const ids = [...TARGETS, { kind: 'external-job', externalJobId: randomUUID() } as const].map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is refused when this program did not make it', () => {
    for (const odd of [undefined, null, 5, '', ID, 'run.', `run.${ID}x`, `run.../${ID}`, `other.${ID}`, `window.${ID}`])
      expect(targetOf(odd)).toBeNull();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const target = targetOf(text);
        return target === null || idOf(target) === text;
      }),
    );
  });
});

describe('the route that a click opens', () => {
  it('is the result of a run, and the first failed run of a batch', () => {
    expect(routeOf({ kind: 'run', runId: 'a' }, runOf([['a', 'succeeded']]))).toEqual({ view: 'result', runId: 'a' });
    const batch = runOf([
      ['a', 'succeeded'],
      ['b', 'stopped'],
      ['c', 'failed'],
    ]);
    expect(routeOf({ kind: 'batch', batchId: 'x' }, batch)).toEqual({ view: 'result', runId: 'c' });
    const allWell = runOf([
      ['a', 'succeeded'],
      ['b', 'succeeded'],
    ]);
    expect(routeOf({ kind: 'batch', batchId: 'x' }, allWell)).toEqual({ view: 'result', runId: 'a' });
  });

  it('is the job in Activity for an external job', () => {
    const route = { view: 'activity', externalJobId: ID };
    expect(routeOf({ kind: 'external-job', externalJobId: ID }, nothing)).toEqual(route);
  });

  it('is the token field while the active server needs a token', () => {
    expect(routeOf({ kind: 'server', profileId: ID }, runOf([]))).toEqual({ view: 'connect', renew: true });
    expect(routeOf({ kind: 'server', profileId: ID }, nothing)).toEqual({ view: 'activity' });
  });

  it('is Activity when the target no longer exists', () => {
    expect(routeOf({ kind: 'run', runId: ID }, nothing)).toEqual({ view: 'activity' });
    expect(routeOf({ kind: 'batch', batchId: ID }, nothing)).toEqual({ view: 'activity' });
  });

  it('is the current view for other notifications', () => {
    expect(routeOf({ kind: 'window' }, nothing)).toBeNull();
    expect(routeOf({ kind: 'settings' }, nothing)).toEqual({ view: 'settings' });
  });
});

describe('the notification that a token is needed', () => {
  const view = (state: RunState, reason: RunView['reason'], profileId = 'p'): RunView =>
    runView(
      { ...aRun(), state, reason, profileId },
      { upload: null, progress: null, said: 0, gave: null, picture: null },
    );

  it('is shown once for each server, and again after its runs continued', () => {
    const notices = new TokenNotifications();
    expect(notices.forChange(view('waiting', 'token-expired'))).toMatchObject({
      target: { kind: 'server', profileId: 'p' },
      body: 'The token has expired. Runs wait until you paste one.',
    });
    expect(notices.forChange(view('waiting', 'token-expired'))).toBeNull();
    expect(notices.forChange(view('waiting', 'token-absent', 'other'))).not.toBeNull();
    expect(notices.forChange(view('uploading', null))).toBeNull();
    expect(notices.forChange(view('waiting', 'token-refused'))).not.toBeNull();
  });

  it('is not shown for waits that end without the user', () => {
    const notices = new TokenNotifications();
    for (const reason of ['server-away', 'paused', 'rate-limited'] as const)
      expect(notices.forChange(view('waiting', reason))).toBeNull();
  });
});
