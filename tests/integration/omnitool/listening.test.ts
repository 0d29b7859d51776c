/** Sessions and their event streams on the practice server, which has the traps of the real one (wire 9.5, 12). */
import { describe, expect, it } from 'vitest';
import { drainSession } from '../../../electron/core/omnitool/drain.ts';
import type { ServerEvent } from '../../../electron/core/omnitool/server-event.ts';
import type { EventStream, OmnitoolServer, RunSession } from '../../../electron/core/omnitool/server.ts';
import { clientOf, failureOf, idOf, practice } from './client.ts';

const CHAT_ONLY = 'Chat-only answer';

async function until(stream: EventStream, isLast: (event: ServerEvent) => boolean): Promise<readonly ServerEvent[]> {
  const heard: ServerEvent[] = [];
  for await (const event of stream.events()) {
    heard.push(event);
    if (isLast(event)) break;
  }
  return heard;
}

async function drained(client: OmnitoolServer, session: RunSession, jobId: string | null, quietMs = 5_000) {
  const events: ServerEvent[] = [];
  const options = { jobId, quietMs, longestMs: 10_000, onEvent: (event: ServerEvent) => events.push(event) };
  return { ...(await drainSession(client, session, options)), events };
}

const textsOf = (events: readonly ServerEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'chat' ? event.texts : []));

describe('the session of a run', () => {
  it('tells what was said in it after the end, to another client too, and once', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const session = await client.openRunSession();
    const { jobId } = await client.start(session, idOf(server, CHAT_ONLY), { text: 'who hears this?' });
    const restarted = clientOf(server.origin, { token: server.token });
    const first = await drained(restarted, { cookie: session.cookie }, jobId);
    expect(first.complete).toBe(true);
    expect(first.events[0]).toEqual({ type: 'job-started', jobId, recipeId: idOf(server, CHAT_ONLY) });
    expect(textsOf(first.events).join()).toContain('who hears this?');
    expect(await drained(client, session, jobId, 100)).toEqual({ complete: false, events: [] });
  });
});

describe('streams', () => {
  it('of the shared session tell how every run of the user stands, while it runs', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const stream = await client.listen();
    const { jobId } = await client.start(await client.openRunSession(), idOf(server, 'Echo'), { text: 'x' });
    const heard = await until(stream, (event) => event.type === 'job-update' && event.state === 'success');
    expect(heard.at(-1)).toMatchObject({ jobId, recipeId: idOf(server, 'Echo'), recipeName: 'Echo', failures: [] });
  });

  it('hear again after close, every time', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const session = await client.openRunSession();
    for (let turn = 0; turn < 20; turn += 1) {
      const stream = await client.listen({ session });
      const { jobId } = await client.start(session, idOf(server, CHAT_ONLY), { text: `turn ${String(turn)}` });
      const heard = await until(stream, (event) => event.type === 'job-finished' && event.jobId === jobId);
      expect(textsOf(heard).join()).toContain(`turn ${String(turn)}`);
      await stream.close();
    }
  });

  it('of a session the server does not know are refused', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const failure = await failureOf(client.listen({ session: { cookie: 'sessionId=forged' } }));
    expect(failure).toMatchObject({ code: 'unauthorized', path: '/api/v1/mercenaries/listen' });
  });
});
