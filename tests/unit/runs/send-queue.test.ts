import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveRuns } from '../../../electron/core/runs/live-runs.ts';
import { SendQueue } from '../../../electron/core/runs/send-queue.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import { aRun } from '../../support/a-run.ts';
import { TestClock } from '../../support/test-clock.ts';

let folder: string;
let database: DatabaseSync;
let store: RunStore;
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
  store = new RunStore(database, new TestClock());
  sent = [];
  send = () => Promise.resolve();
  queue = new SendQueue({
    store,
    live: new LiveRuns(store, 'app'),
    send: (id) => {
      sent.push(id);
      return send(id);
    },
    insist: (_key, work) => work(),
  });
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a run that comes back as it went', () => {
  it('is not tried over and over, and lets the others go on', async () => {
    add('a');
    await settled();
    add('b');
    await settled();
    expect(sent).toEqual(['a', 'b']);
  });

  it('has its turn again once its profile is lifted', async () => {
    add('a');
    await settled();
    queue.lift('profile-1');
    queue.pump();
    await settled();
    expect(sent).toEqual(['a', 'a']);
  });
});

describe('a server whose jobs take long', () => {
  it('keeps no other server waiting', async () => {
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

describe('a held profile', () => {
  it('has all of its runs wait with the reason, and sends none', async () => {
    queue.hold('profile-1', { reason: 'disk-full', detail: null });
    add('a', 'b');
    await settled();
    expect(sent).toEqual([]);
    expect(['a', 'b'].map(stateOf)).toEqual(['waiting', 'waiting']);
    expect(store.find('a')?.reason).toBe('disk-full');
  });

  it('sends again once it is lifted and its runs are released', async () => {
    queue.hold('profile-1', { reason: 'server-away', detail: null });
    add('a');
    send = () => new Promise(() => undefined);
    queue.lift('profile-1');
    store.release(['a']);
    queue.pump();
    await settled();
    expect(sent).toEqual(['a']);
  });
});
