import { describe, expect, it } from 'vitest';
import { drainSession, type DrainOptions } from '../../../electron/core/omnitool/drain.ts';
import type { ServerEvent } from '../../../electron/core/omnitool/server-event.ts';
import type { Act } from '../../support/scripted-server.ts';
import { clientOf, failureOf, scripted, unauthorized } from './client.ts';
import { LISTEN, message, says, SESSION, staysAfter, TYPE } from './sse.ts';

const state = (event: string, jobId: string): string =>
  message({ type: 'job_state', body: { event, args: { job_id: jobId } } });
const chat = (text: string): string =>
  message({ type: 'chat:system', body: { content: [{ value: [text], type: 'text/markdown' }] } });
const update = message({ type: 'job:update', body: { jobId: 'another', state: 'running' } });

/** Waits far longer than any test takes, where a test is not about that wait. */
async function drain(answer: Act, options: Partial<DrainOptions> = {}) {
  const server = (await scripted()).on(LISTEN, answer);
  const events: ServerEvent[] = [];
  const { complete, skipped } = await drainSession(clientOf(server.origin), SESSION, {
    jobId: 'job-1',
    quietMs: 60_000,
    longestMs: 60_000,
    onEvent: (event) => events.push(event),
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

  it('keeps what comes right after it', async () => {
    const all = staysAfter(state('job_finished', 'job-1'), chat('overtaken'));
    expect(await drain(all)).toEqual({ complete: true, events: ['job-finished', 'overtaken'] });
  });

  it('goes on after the end of another job, and ends when nothing more comes', async () => {
    const all = staysAfter(state('job_finished', 'another'), chat('so far'));
    expect(await drain(all, { quietMs: 300 })).toEqual({ complete: false, events: ['job-finished', 'so far'] });
  });

  it('takes the end of any job where none is known', async () => {
    expect((await drain(staysAfter(state('job_finished', 'some')), { jobId: null })).complete).toBe(true);
  });

  it('is not kept by news of other runs', async () => {
    const { complete } = await drain(
      (response) => {
        response.writeHead(200, TYPE);
        const endless = setInterval(() => response.write(update), 20);
        response.once('close', () => clearInterval(endless));
      },
      { quietMs: 300 },
    );
    expect(complete).toBe(false);
  });

  it('waits for the rest of a message that has begun', async () => {
    const late = chat('a long answer that takes its time');
    const { complete, events } = await drain(
      (response) => {
        response.writeHead(200, TYPE).write(`${state('job_started', 'job-1')}${late.slice(0, 40)}`);
        setTimeout(() => response.write(`${late.slice(40)}${state('job_finished', 'job-1')}`), 700);
      },
      { quietMs: 100 },
    );
    expect({ complete, events: events.slice(1) }).toEqual({
      complete: true,
      events: ['a long answer that takes its time', 'job-finished'],
    });
  });

  it('ends in any case', async () => {
    const begun = staysAfter(chat('so far'), chat('never whole').slice(0, 40));
    expect(await drain(begun, { longestMs: 300 })).toEqual({ complete: false, events: ['so far'] });
  });

  it('says how much of it could not be read', async () => {
    const server = (await scripted()).on(LISTEN, says('data: ???\n\n', state('job_finished', 'job-1')));
    const options = { jobId: 'job-1', quietMs: 60_000, longestMs: 60_000, onEvent: () => undefined };
    expect(await drainSession(clientOf(server.origin), SESSION, options)).toEqual({ complete: true, skipped: 1 });
  });

  it('ends when the server ends it', async () => {
    expect(await drain(says(chat('all')))).toEqual({ complete: false, events: ['all'] });
  });

  it('fails with what the stream fails with, and with what the listener throws', async () => {
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

  it('can be given up', async () => {
    const giveUp = new AbortController();
    const options = { signal: giveUp.signal, onEvent: () => giveUp.abort() };
    expect((await failureOf(drain(staysAfter(chat('x')), options))).code).toBe('cancelled');
  });
});
