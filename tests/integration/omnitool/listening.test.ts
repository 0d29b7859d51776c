/** Sessions and their event streams on the practice server, which copies the quirks of the real one (wire 9.5, 12). */
import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../../../electron/core/omnitool/server-event.ts';
import type { EventStream, OmnitoolServer, RunSession } from '../../../electron/core/omnitool/server.ts';
import { startBody } from '../../../electron/core/omnitool/start-body.ts';
import { clientOf, failureOf, idOf, practice } from './client.ts';
import { drainSession, silentFor } from './sse.ts';

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
  const onEvent = (event: ServerEvent): void => void events.push(event);
  const options = { jobId, patience: silentFor(quietMs), onEvent };
  return { ...(await drainSession(client, session, options)), events };
}

const textsOf = (events: readonly ServerEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'chat' ? event.texts : []));

async function said(recipe: string, text: string) {
  const server = await practice({ showAll: true });
  const client = clientOf(server.origin, { token: server.token });
  const { session } = await client.openRunSession();
  const { jobId } = await client.start(session, startBody(idOf(server, recipe), { text }));
  return drained(client, session, jobId);
}

describe('the session of a run', () => {
  it('delivers its messages once after the end, also to another client', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const { session } = await client.openRunSession();
    const { jobId } = await client.start(session, startBody(idOf(server, CHAT_ONLY), { text: 'who hears this?' }));
    const restarted = clientOf(server.origin, { token: server.token });
    const first = await drained(restarted, { cookie: session.cookie }, jobId);
    expect(first.complete).toBe(true);
    expect(first.events[0]).toEqual({ type: 'job-started', jobId, recipeId: idOf(server, CHAT_ONLY) });
    expect(textsOf(first.events).join()).toContain('who hears this?');
    expect(await drained(client, session, jobId, 100)).toEqual({ complete: false, skipped: 0, events: [] });
  });

  it('delivers events of its own run only, beside many others', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const runs = await Promise.all(
      Array.from({ length: 10 }, async (_, number) => {
        const { session } = await client.openRunSession();
        const text = `run ${String(number)}.`;
        const { jobId } = await client.start(session, startBody(idOf(server, CHAT_ONLY), { text }));
        return { session, text, jobId };
      }),
    );
    for (const { session, text, jobId } of runs) {
      const { complete, events } = await drained(client, session, jobId);
      expect(complete).toBe(true);
      expect(textsOf(events).join()).toContain(text);
      expect(
        textsOf(events)
          .join()
          .match(/run \d\./g),
      ).toHaveLength(textsOf(events).join().split(text).length - 1);
    }
  });

  it('delivers the failure of a block, which has no other source', async () => {
    const { events } = await said('Speaks, then fails', 'x');
    const failures = events.filter((event) => event.type === 'block-failed');
    expect(failures).toHaveLength(1);
    expect(failures[0]?.message).not.toBe('');
    expect(textsOf(events)).not.toEqual([]);
  });

  it.each([
    ['Chat in plain text', 'plain'],
    ['Chat-only answer', 'markdown'],
  ])('reports "%s" as %s', async (recipe, format) => {
    const { events } = await said(recipe, 'x');
    expect(events.find((event) => event.type === 'chat')).toMatchObject({ format, unreadable: 0 });
  });

  it.each(['Chat without words', 'Chat-only answer'])('delivers the files of "%s"', async (recipe) => {
    const { events } = await said(recipe, 'x');
    const artifacts = events.flatMap((event) => (event.type === 'chat' ? event.artifacts : []));
    expect(artifacts.length).toBeGreaterThan(0);
  });
});

describe('streams', () => {
  it('of the shared session report the state of every run of the user', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const stream = await client.listen();
    const { jobId } = await client.start(
      (await client.openRunSession()).session,
      startBody(idOf(server, 'Echo'), { text: 'x' }),
    );
    const heard = await until(stream, (event) => event.type === 'job-update' && event.state === 'success');
    expect(heard.at(-1)).toMatchObject({ jobId, recipeId: idOf(server, 'Echo'), recipeName: 'Echo', failures: [] });
  });

  it('work again after each close', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const { session } = await client.openRunSession();
    for (let turn = 0; turn < 20; turn += 1) {
      const stream = await client.listen({ session });
      const { jobId } = await client.start(
        session,
        startBody(idOf(server, CHAT_ONLY), { text: `turn ${String(turn)}` }),
      );
      const heard = await until(stream, (event) => event.type === 'job-finished' && event.jobId === jobId);
      expect(textsOf(heard).join()).toContain(`turn ${String(turn)}`);
      await stream.close();
    }
  });

  it('work again after each cancellation', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    for (let turn = 0; turn < 20; turn += 1) {
      const giveUp = new AbortController();
      const given = await client.listen({ signal: giveUp.signal });
      giveUp.abort();
      await given.close();
      const stream = await client.listen();
      const { jobId } = await client.start(
        (await client.openRunSession()).session,
        startBody(idOf(server, 'Echo'), { text: 'x' }),
      );
      const heard = await until(stream, (event) => event.type === 'job-update' && event.state === 'success');
      expect(heard.at(-1)).toMatchObject({ jobId });
    }
  });

  it('that are replaced report it, and the next one gets the missed events', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const { session } = await client.openRunSession();
    const older = await client.listen({ session });
    const deaf = await client.listen({ session });
    const heard: ServerEvent[] = [];
    for await (const event of older.events()) heard.push(event);
    expect(heard).toEqual([{ type: 'replaced' }]);
    const { jobId } = await client.start(session, startBody(idOf(server, CHAT_ONLY), { text: 'missed' }));
    await expect.poll(async () => (await client.listJobs()).find(({ id }) => id === jobId)?.state).toBe('success');
    await deaf.close();
    const { complete, events } = await drained(client, session, jobId);
    expect(complete).toBe(true);
    expect(textsOf(events).join()).toContain('missed');
  });

  it('stay alive by the server’s keepalives', async () => {
    const server = await practice({ keepalive: 50 });
    const stream = await clientOf(server.origin, { token: server.token }).listen({ deafAfterMs: 5_000 });
    expect(await until(stream, (event) => event.type === 'keepalive')).toEqual([{ type: 'keepalive' }]);
  });

  it('break with the server', async () => {
    const server = await practice();
    const stream = await clientOf(server.origin, { token: server.token }).listen();
    const heard = failureOf(until(stream, () => false));
    await server.close();
    expect((await heard).code).toBe('unreachable');
  });

  it('never deliver a token that was requested in the chat', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const { session } = await client.openRunSession();
    const asked = await fetch(`${server.origin}/api/v1/mercenaries/runscript/generateJwtToken`, {
      method: 'POST',
      headers: { cookie: session.cookie, 'content-type': 'application/json' },
      body: JSON.stringify(['exec', 'Workflow', '60']),
    });
    expect(await asked.json()).toBe(true);
    const { events } = await drained(client, session, null, 300);
    expect(JSON.stringify(events)).not.toContain('eyJ');
    expect(events.filter(({ type }) => type === 'chat')).toEqual([]);
  });

  it('of an unknown session are refused', async () => {
    const server = await practice();
    const client = clientOf(server.origin, { token: server.token });
    const failure = await failureOf(client.listen({ session: { cookie: 'sessionId=forged' } }));
    expect(failure).toMatchObject({ code: 'unauthorized', path: '/api/v1/mercenaries/listen' });
  });
});
