import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../../../electron/core/base/emitter.ts';
import { LiveRuns } from '../../../../electron/core/runs/live-runs.ts';
import type { RunEvents } from '../../../../electron/core/runs/run-events.ts';
import { RunProcessor } from '../../../../electron/core/runs/run-processor.ts';
import { SendQueue } from '../../../../electron/core/runs/send/send-queue.ts';
import { openDatabase } from '../../../../electron/core/store/database.ts';
import { RunStore } from '../../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../../electron/core/store/store-database.ts';
import { WriteRetry } from '../../../../electron/core/runs/write-retry.ts';
import { aRun } from '../../../support/a-run.ts';
import { TestClock } from '../../../support/test-clock.ts';

let folder: string;
let database: StoreDatabase;
let store: RunStore;
let clock: TestClock;
let queue: SendQueue;
let sent: string[];
/** What sending does to a run. */
let send: (id: string) => Promise<void>;

const add = (...ids: readonly string[]): void => {
  store.addAll(ids.map((id) => ({ ...aRun(), id })));
  queue.add(ids);
};
const stateOf = (id: string): string | undefined => store.find(id)?.state;
/** All promises that are ready have been taken up. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-test-'));
  ({ database } = openDatabase(folder, 0));
  clock = new TestClock();
  store = new RunStore(database, clock);
  sent = [];
  send = () => Promise.resolve();
  const events = new Emitter<RunEvents>();
  const process = (id: string): Promise<void> => {
    sent.push(id);
    return send(id);
  };
  const processor = Object.assign(new RunProcessor(store, events), { process });
  const { signal } = new AbortController();
  const writes = new WriteRetry(clock, events);
  queue = new SendQueue(
    { store, live: new LiveRuns(store, 'app'), clock, writes, processor, events, signal },
    { step: () => Promise.resolve(null) },
  );
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a run that sending leaves unchanged', () => {
  it('is not retried in a loop, and does not stop the others', async () => {
    add('a');
    await settled();
    add('b');
    await settled();
    expect(sent).toEqual(['a', 'b']);
  });

  it('is sent again once its profile is lifted', async () => {
    add('a');
    await settled();
    queue.lift('profile-1');
    queue.pump();
    await settled();
    expect(sent).toEqual(['a', 'a']);
  });
});

describe('a server with long jobs', () => {
  it('does not delay another server', async () => {
    queue.configure({ parallelRuns: 1, paused: false });
    send = (id) => {
      const run = store.find(id);
      if (run?.profileId === 'profile-1') {
        const sending = store.move({ ...run, state: 'queued' }, 'uploading');
        const starting = store.move({ ...sending, state: 'uploading' }, 'starting');
        store.move({ ...starting, state: 'starting' }, 'running', { jobId: id });
      }
      return Promise.resolve();
    };
    add('a', 'b');
    await settled();
    expect(sent).toEqual(['a']);
    store.add({ ...aRun(), id: 'elsewhere', profileId: 'profile-2' });
    queue.add(['elsewhere']);
    await settled();
    expect(sent).toEqual(['a', 'elsewhere']);
  });
});

describe('runs that can still be undone', () => {
  it('are sent when that time is over, and not before', async () => {
    store.addAll(['a', 'b'].map((id) => ({ ...aRun(), id })));
    queue.holdFor(['a', 'b'], 5_000);
    queue.add(['a', 'b']);
    add('c');
    await clock.pass(4_999);
    expect(sent).toEqual(['c']);
    expect(queue.areEarly(['a', 'b'])).toBe(true);
    expect(queue.areEarly(['a', 'c'])).toBe(false);
    send = () => new Promise(() => undefined);
    await clock.pass(1);
    expect(sent).toEqual(['c', 'a', 'b']);
    expect(queue.areEarly(['a'])).toBe(false);
  });

  it('are not sent once they are undone, nor after the end of the program', async () => {
    store.addAll(['a', 'b'].map((id) => ({ ...aRun(), id })));
    queue.holdFor(['a', 'b'], 5_000);
    queue.add(['a', 'b']);
    queue.remove('a');
    queue.close();
    await clock.pass(10_000);
    expect(sent).toEqual([]);
    expect(clock.timers).toBe(0);
  });
});

describe('a held profile', () => {
  it('lets all its runs wait with the reason, and sends none', async () => {
    queue.hold('profile-1', 'disk-full');
    add('a', 'b');
    await settled();
    expect(sent).toEqual([]);
    expect(['a', 'b'].map(stateOf)).toEqual(['waiting', 'waiting']);
    expect(store.find('a')?.reason).toBe('disk-full');
  });

  it('sends again once it is lifted and its runs are released', async () => {
    queue.hold('profile-1', 'server-away');
    add('a');
    send = () => new Promise(() => undefined);
    queue.lift('profile-1');
    store.release(['a']);
    queue.pump();
    await settled();
    expect(sent).toEqual(['a']);
  });
});

describe('a run that is sent as soon as it is added', () => {
  const runs = (count: number) => Array.from({ length: count }, () => aRun());
  /** Sending takes for ever. */
  const busy = (): Promise<void> => new Promise(() => undefined);

  it('is one alone, while there is room and no other waits', () => {
    send = busy;
    queue.configure({ parallelRuns: 2, paused: false });
    expect([queue.isFree(runs(1)), queue.isFree(runs(2)), queue.isFree([])]).toEqual([true, false, false]);
    add('a');
    expect(queue.isFree(runs(1))).toBe(true);
    add('b');
    expect(queue.isFree(runs(1))).toBe(false);
  });

  it('is none of a held profile, and none while sending is paused', () => {
    queue.hold('profile-1', 'server-away');
    expect(queue.isFree(runs(1))).toBe(false);
    queue.lift('profile-1');
    expect(queue.isFree(runs(1))).toBe(true);
    queue.configure({ parallelRuns: 2, paused: true });
    expect(queue.isFree(runs(1))).toBe(false);
  });

  it('is none while another one waits for the end of its time to be undone', () => {
    queue.holdFor(['early'], 5_000);
    add('early');
    expect(queue.isFree(runs(1))).toBe(false);
  });
});
