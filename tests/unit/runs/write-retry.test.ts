import { beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../../electron/core/base/emitter.ts';
import type { RunEvents } from '../../../electron/core/runs/run-events.ts';
import { WriteRetry } from '../../../electron/core/runs/write-retry.ts';
import { TestClock } from '../../support/test-clock.ts';

/** What node:sqlite throws. */
const sqliteError = (errcode: number): Error => Object.assign(new Error('sqlite'), { errcode });
const BUSY = sqliteError(5);
const FULL = sqliteError(13);

let clock: TestClock;
/** Why the database cannot be written; null: it can. */
let trouble: Error | null;
let attempts: string[];
let told: string[];
let failed: unknown[];
let work: WriteRetry;

const write = (name: string) => (): void => {
  attempts.push(name);
  if (trouble !== null) throw trouble;
};
const about = (): readonly string[] => ['run'];

beforeEach(() => {
  clock = new TestClock();
  trouble = null;
  [attempts, told, failed] = [[], [], []];
  const events = new Emitter<RunEvents>();
  events.on('not-written', ({ runIds, failure }) =>
    told.push(`${runIds.join()} ${String((failure as { errcode: number }).errcode)}`),
  );
  events.on('failed', ({ failure }) => failed.push(failure));
  work = new WriteRetry(clock, events);
});

describe('work on the database', () => {
  it('is done at once when possible, and leaves no timer', () => {
    void work.writeEventually('a', write('a'), about);
    expect(attempts).toEqual(['a']);
    expect(clock.timers).toBe(0);
  });

  it('waits while the disk fails, reports the runs, and is done in order', async () => {
    trouble = FULL;
    const done: string[] = [];
    for (const name of ['a', 'b']) void work.writeEventually(name, write(name), about).then(() => done.push(name));
    expect(told).toEqual(['run 13', 'run 13']);
    trouble = null;
    await clock.pass(1_000);
    expect(attempts).toEqual(['a', 'a', 'b']);
    expect(done).toEqual(['a', 'b']);
    expect(clock.timers).toBe(0);
  });

  it('is retried with back-off, one attempt for all pending work', async () => {
    trouble = BUSY;
    for (const name of ['a', 'b', 'c']) void work.writeEventually(name, write(name), about);
    await clock.pass(10 * 60_000);
    expect(new Set(attempts)).toEqual(new Set(['a']));
    // 1 + 2 + 4 + 8 + 16 s, then every half minute.
    expect(attempts.length).toBeGreaterThan(15);
    expect(attempts.length).toBeLessThan(30);
  });

  it('replaces pending work of the same key', async () => {
    trouble = BUSY;
    const first = work.writeEventually('a', write('old'), about);
    const second = work.writeEventually('a', write('new'), about);
    trouble = null;
    await clock.pass(1_000);
    await Promise.all([first, second]);
    expect(attempts).toEqual(['old', 'new']);
  });

  it('may start other work', () => {
    void work.writeEventually('outer', () => void work.writeEventually('inner', write('inner'), about), about);
    expect(attempts).toEqual(['inner']);
  });

  it('is not retried after a failure other than of the disk', async () => {
    trouble = new Error('a defect');
    await work.writeEventually('a', write('a'), about);
    expect(failed).toEqual([trouble]);
    expect(told).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('is dropped when the program ends', async () => {
    trouble = BUSY;
    void work.writeEventually('a', write('a'), about);
    work.close();
    await clock.pass(60_000);
    expect(attempts).toEqual(['a']);
    expect(clock.timers).toBe(0);
  });
});
