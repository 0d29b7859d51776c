import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../electron/core/omnitool/schemas.ts';
import { type LiveRun, liveRunOf } from '../../../../electron/core/runs/live-runs.ts';
import type { JobOutcome } from '../../../../electron/core/model/run.ts';
import { JobPoller, pollDelay } from '../../../../electron/core/runs/watch/job-poller.ts';
import { TestClock } from '../../../support/test-clock.ts';
import { aRun } from '../../../support/a-run.ts';

const running = (jobId: string, since: number): LiveRun =>
  liveRunOf({ ...aRun(), id: `run-${jobId}`, jobId, since, state: 'running' });

function watch(runs: LiveRun[], answer: () => readonly Job[] | Error, isReported: () => boolean = () => false) {
  const clock = new TestClock();
  const requests: number[] = [];
  const ended: [string, JobOutcome][] = [];
  const failures: unknown[] = [];
  const unheard: string[] = [];
  const watcher = new JobPoller({
    clock,
    random: () => 0.5,
    running: () => runs,
    isReported,
    listJobs: () => {
      requests.push(clock.now());
      const jobs = answer();
      return jobs instanceof Error ? Promise.reject(jobs) : Promise.resolve(jobs);
    },
    ended: (run, outcome) => {
      ended.push([run.jobId ?? '', outcome]);
      runs.splice(runs.indexOf(run), 1);
    },
    unheard: (run) => void unheard.push(run.id),
    polled: (failure) => {
      if (failure !== null) failures.push(failure);
    },
  });
  return { clock, watcher, requests, ended, failures, unheard };
}

const job = (id: string, state: string): Job => ({ id, state, user: 'me' });

describe('JobPoller', () => {
  it('does nothing while nothing runs', async () => {
    const { clock, watcher, requests } = watch([], () => []);
    watcher.pollSoon();
    await clock.pass(60_000);
    expect(requests).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('polls all runs with one request, and stops after the last has ended', async () => {
    const runs = [running('a', 0), running('b', 0)];
    let jobs = [job('a', 'running'), job('b', 'running')];
    const { clock, watcher, requests, ended } = watch(runs, () => jobs);
    watcher.pollSoon();
    await clock.pass(300);
    expect(requests).toHaveLength(1);
    jobs = [job('a', 'success'), job('b', 'error')];
    await clock.pass(1_000);
    expect(ended).toEqual([
      ['a', 'success'],
      ['b', 'error'],
    ]);
    const sofar = requests.length;
    await clock.pass(120_000);
    expect(requests).toHaveLength(sofar);
    expect(clock.timers).toBe(0);
  });

  it('reports a stop that the server does not know, until it does', async () => {
    let state = 'running';
    const { clock, watcher, unheard } = watch([{ ...running('a', 0), stopRequested: true }], () => [job('a', state)]);
    watcher.pollSoon();
    await clock.pass(300);
    expect(unheard).toEqual(['run-a']);
    state = 'forceStop';
    await clock.pass(30_000);
    expect(unheard).toEqual(['run-a']);
  });

  it.each(['running', 'forceStop', 'ready', 'something new'])('keeps waiting on a job in state %s', async (state) => {
    const { clock, watcher, ended } = watch([running('a', 0)], () => [job('a', state)]);
    watcher.pollSoon();
    await clock.pass(30_000);
    expect(ended).toEqual([]);
  });

  it('ends a job as unknown when the server no longer lists it', async () => {
    const { clock, watcher, ended } = watch([running('a', 0)], () => [job('somebody else', 'success')]);
    watcher.pollSoon();
    await clock.pass(300);
    expect(ended).toEqual([['a', 'unknown']]);
  });

  it('continues after failures with back-off, and reports each', async () => {
    const { clock, watcher, requests, failures } = watch([running('a', 0)], () => new Error('away'));
    watcher.pollSoon();
    await clock.pass(60_000);
    expect(failures.length).toBe(requests.length);
    const gaps = requests.slice(1).map((time, index) => time - (requests[index] ?? 0));
    expect(gaps).toEqual([2_000, 4_000, 8_000, 16_000]);
  });

  it('has no timer while the machine sleeps, and polls once afterwards', async () => {
    const { clock, watcher, requests } = watch([running('a', 0)], () => [job('a', 'running')]);
    watcher.pollSoon();
    await clock.pass(300);
    watcher.suspend();
    const before = requests.length;
    await clock.pass(600_000);
    expect(requests).toHaveLength(before);
    watcher.resume(2_000);
    await clock.pass(2_100);
    expect(requests).toHaveLength(before + 1);
  });
});

describe('with the event stream', () => {
  it('polls rarely while the stream reports every job', async () => {
    const { clock, watcher, requests } = watch(
      [running('a', 0)],
      () => [job('a', 'running')],
      () => true,
    );
    watcher.started();
    await clock.pass(10 * 60_000);
    expect(requests.length).toBeGreaterThan(15);
    expect(requests.length).toBeLessThan(25);
  });

  it('delays the next poll once a job is reported, and polls at once when the stream breaks', async () => {
    let isReported = false;
    const { clock, watcher, requests } = watch(
      [running('a', 0)],
      () => [job('a', 'running')],
      () => isReported,
    );
    watcher.started();
    isReported = true;
    watcher.slowDown();
    await clock.pass(20_000);
    expect(requests).toEqual([]);
    isReported = false;
    watcher.pollNow();
    await clock.pass(300);
    expect(requests).toHaveLength(1);
  });

  it('polls every 30 s while the stream sends events, because one job may be silent', async () => {
    const { clock, watcher, requests } = watch(
      [running('a', 0)],
      () => [job('a', 'running')],
      () => true,
    );
    watcher.started();
    for (let second = 0; second < 120; second += 1) {
      watcher.slowDown();
      await clock.pass(1_000);
    }
    expect(requests.length).toBeGreaterThanOrEqual(3);
    expect(requests.length).toBeLessThanOrEqual(5);
  });

  it('counts its own delays, so that a clock jump has no effect', async () => {
    const { clock, watcher, requests } = watch([running('a', 0)], () => [job('a', 'running')]);
    watcher.started();
    await clock.pass(120_000);
    const before = requests.length;
    clock.jump(-3_600_000);
    await clock.pass(60_000);
    expect(requests.length - before).toBeLessThan(10);
  });
});

describe('a job that should stop', () => {
  it('ends as stopped when its block never returns', async () => {
    const { clock, watcher, ended } = watch([{ ...running('a', 0), stopRequested: true }], () => [
      job('a', 'forceStop'),
    ]);
    watcher.started();
    await clock.pass(9 * 60_000);
    expect(ended).toEqual([]);
    await clock.pass(2 * 60_000);
    expect(ended).toEqual([['a', 'stopped']]);
  });
});

describe('pollDelay', () => {
  it('is short for young jobs, long for old ones, and bounded', () => {
    expect(pollDelay(0, 0, 0.5)).toBe(250);
    expect(pollDelay(14_000, 0, 0.5)).toBe(2_000);
    expect(pollDelay(3_600_000, 0, 0.5)).toBe(10_000);
    expect(pollDelay(3_600_000, 50, 0.5)).toBe(30_000);
  });
});
