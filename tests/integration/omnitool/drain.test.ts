import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/core/base/clock.ts';
import { type DrainOptions, SessionDrain } from '../../../electron/core/omnitool/drain.ts';
import type { ServerEvent } from '../../../electron/core/omnitool/server-event.ts';
import type { Act } from '../../support/scripted-server.ts';
import { TestClock } from '../../support/test-clock.ts';
import { clientOf, failureOf, scripted, unauthorized } from './client.ts';
import { drainSession, LISTEN, message, says, SESSION, silentFor, staysAfter, TYPE } from './sse.ts';

const state = (event: string, jobId: string): string =>
  message({ type: 'job_state', body: { event, args: { job_id: jobId } } });
const chat = (text: string): string =>
  message({ type: 'chat:system', body: { content: [{ value: [text], type: 'text/markdown' }] } });
const update = message({ type: 'job:update', body: { jobId: 'another', state: 'running' } });

/** Short after the first message, long before it, because a busy machine may start slowly. */
const onceHeard = (ms: number): DrainOptions['patience'] => ({ first: 30_000, more: ms, settle: 20 });

async function drain(answer: Act, options: Partial<DrainOptions> = {}) {
  const server = (await scripted()).on(LISTEN, answer);
  const events: ServerEvent[] = [];
  const { complete, skipped } = await drainSession(clientOf(server.origin), SESSION, {
    jobId: 'job-1',
    onEvent: (event) => void events.push(event),
    ...options,
  });
  expect(skipped).toBe(0);
  return { complete, events: events.map((event) => (event.type === 'chat' ? event.texts.join() : event.type)) };
}

describe('draining a session', () => {
  it('ends soon after the end of the job', async () => {
    const all = staysAfter(state('job_started', 'job-1'), chat('the answer'), state('job_finished', 'job-1'));
    expect(await drain(all)).toEqual({ complete: true, events: ['job-started', 'the answer', 'job-finished'] });
  });

  it('keeps messages right after it', async () => {
    const all = staysAfter(state('job_finished', 'job-1'), chat('overtaken'));
    expect(await drain(all)).toEqual({ complete: true, events: ['job-finished', 'overtaken'] });
  });

  it('does not wait after it when no later message is needed', async () => {
    // Time stands still here: a wait would never end.
    const clock = new TestClock();
    const patience = { first: 100, more: 100, settle: 0 };
    const all = staysAfter(state('job_started', 'job-1'), state('job_finished', 'job-1'));
    expect(await drain(all, { clock, patience })).toEqual({ complete: true, events: ['job-started', 'job-finished'] });
  });

  it('continues after the end of another job, and ends after silence', async () => {
    const all = staysAfter(state('job_finished', 'another'), chat('so far'));
    expect(await drain(all, { patience: onceHeard(300) })).toEqual({
      complete: false,
      events: ['job-finished', 'so far'],
    });
  });

  it('ends with any job when no job is known', async () => {
    expect((await drain(staysAfter(state('job_finished', 'some')), { jobId: null })).complete).toBe(true);
  });

  it('is not prolonged by events of other runs', async () => {
    const { complete } = await drain(
      (response) => {
        response.writeHead(200, TYPE);
        const endless = setInterval(() => response.write(update), 20);
        response.once('close', () => clearInterval(endless));
      },
      { patience: silentFor(300) },
    );
    expect(complete).toBe(false);
  });

  it('waits for the rest of a started message while bytes arrive', async () => {
    const late = chat('a long answer that takes its time');
    const pieces = [...late.matchAll(/[^]{1,10}/g)].map(([piece]) => piece);
    const { complete, events } = await drain(
      (response) => {
        response.writeHead(200, TYPE).write(state('job_started', 'job-1'));
        const timer = setInterval(() => {
          const piece = pieces.shift();
          if (piece !== undefined) response.write(piece);
          else response.write(state('job_finished', 'job-1'), () => clearInterval(timer));
        }, 250);
      },
      // The whole takes longer than the limit, each gap much less.
      { patience: silentFor(2_000) },
    );
    expect({ complete, events: events.slice(1) }).toEqual({
      complete: true,
      events: ['a long answer that takes its time', 'job-finished'],
    });
  });

  it('does not end at a pause', async () => {
    const { complete, events } = await drain(
      async (response) => {
        response.writeHead(200, TYPE).write(state('job_started', 'job-1'));
        for (const part of [chat('one'), chat('two'), state('job_finished', 'job-1')]) {
          await pause(600);
          response.write(part);
        }
      },
      { patience: silentFor(20_000) },
    );
    expect({ complete, events }).toEqual({ complete: true, events: ['job-started', 'one', 'two', 'job-finished'] });
  });

  it('gives up a stalled message and reports it as incomplete', async () => {
    const begun = staysAfter(chat('so far'), chat('never whole').slice(0, 40));
    expect(await drain(begun, { patience: onceHeard(100) })).toEqual({ complete: false, events: ['so far'] });
  });

  it('waits longer once a message arrived', async () => {
    const server = (await scripted()).on(LISTEN, staysAfter(), staysAfter(state('job_started', 'job-1')));
    const clock = new TestClock();
    let isHeard = false;
    const follow = (): Promise<unknown> =>
      drainSession(clientOf(server.origin), SESSION, {
        ...{ clock, patience: { first: 100, more: 10_000, settle: 20 } },
        onEvent: () => void (isHeard = true),
      });
    const silent = follow();
    await expect.poll(() => clock.timers).toBe(1);
    await clock.pass(100);
    await silent;
    let isOver = false;
    const heard = follow().then(() => (isOver = true));
    await expect.poll(() => isHeard).toBe(true);
    await clock.pass(9_999);
    expect(isOver).toBe(false);
    await clock.pass(1);
    await heard;
  });

  it('follows a session without a time limit until one is set', async () => {
    const server = (await scripted()).on(LISTEN, staysAfter(chat('so far')));
    const heard = Promise.withResolvers<undefined>();
    const following = new SessionDrain(clientOf(server.origin), SESSION, {
      ...{ jobId: null, patience: null, clock: systemClock },
      onEvent: () => heard.resolve(undefined),
    });
    await heard.promise;
    following.limit(silentFor(50));
    expect(await following.over).toEqual({ complete: false, skipped: 0 });
  });

  it('handles one event at a time', async () => {
    const all = staysAfter(chat('one'), chat('two'), state('job_finished', 'job-1'));
    let atWork = 0;
    const taken: number[] = [];
    await drain(all, {
      patience: onceHeard(20),
      onEvent: async () => {
        atWork += 1;
        await pause(100);
        taken.push(atWork);
        atWork -= 1;
      },
    });
    expect(taken).toEqual([1, 1, 1]);
  });

  it('counts the messages that could not be parsed', async () => {
    const server = (await scripted()).on(LISTEN, says('data: ???\n\n', state('job_finished', 'job-1')));
    expect(await drainSession(clientOf(server.origin), SESSION, { jobId: 'job-1' })).toEqual({
      complete: true,
      skipped: 1,
    });
  });

  it('ends when the server ends it', async () => {
    expect(await drain(says(chat('all')))).toEqual({ complete: false, events: ['all'] });
  });

  it('fails with the error of the stream or of the listener', async () => {
    expect((await failureOf(drain(unauthorized))).code).toBe('unauthorized');
    const cut: Act = (response) => {
      response.writeHead(200, TYPE).write(chat('x'), () => response.socket?.destroy());
    };
    expect((await failureOf(drain(cut))).code).toBe('unreachable');
    const full = (): never => {
      throw new Error('disk full');
    };
    await expect(drain(staysAfter(chat('x')), { onEvent: full })).rejects.toThrow('disk full');
  });

  it('can be cancelled', async () => {
    const giveUp = new AbortController();
    const options = { signal: giveUp.signal, onEvent: () => giveUp.abort() };
    expect((await failureOf(drain(staysAfter(chat('x')), options))).code).toBe('cancelled');
  });
});
