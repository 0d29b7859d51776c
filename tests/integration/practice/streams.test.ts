import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { Stream } from '../../support/wire/stream.ts';
import { send, textAt, Visitor } from '../../support/wire/visitor.ts';

const texts = (stream: Stream) =>
  stream.messages.flatMap((m) => (m.type === 'chat:system' ? [textAt(m, 'body', 'content', 0, 'value', 0)] : []));

describe('event streams', () => {
  let server: PracticeServer;
  beforeAll(async () => {
    server = await startPracticeServer();
  });
  afterAll(() => server.close());

  const chat = async (visitor: Visitor, text: string) => {
    const jobId = await visitor.start(RECIPE.chatOnly, { text });
    await expect.poll(() => visitor.stateOf(jobId)).toBe('success');
  };

  it('do not have the headers of other replies', async () => {
    const visitor = await Visitor.enter(server);
    const stream = await Stream.open(server.origin, visitor.cookie);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-no-compression': '1',
    });
    for (const name of ['set-cookie', 'x-frame-options']) expect(stream.headers).not.toHaveProperty(name);
    await stream.until(({ text }) => text === 'retry: 3000\n\n');
    await stream.close();
  });

  it('replay a session’s own messages once, to it alone', async () => {
    const [one, two] = [await Visitor.enter(server), await Visitor.enter(server)];
    await Promise.all([chat(one, 'for one'), chat(two, 'for two')]);
    const first = await Stream.open(server.origin, one.cookie);
    await first.hears('job_state', 'job_finished');
    expect(texts(first)).toHaveLength(1);
    expect(texts(first)[0]).toContain('for one');
    expect(first.messages.some(({ type }) => type === 'job:update')).toBe(false);
    await first.close();
    const again = await Stream.open(server.origin, one.cookie, '');
    await again.hears('chat');
    expect(again.messages).toHaveLength(1);
    await again.close();
  });

  it('carry job updates and file notices of all sessions of the user, and of no other user', async () => {
    const [one, two] = [await Visitor.enter(server), await Visitor.enter(server)];
    const stranger = await Visitor.enter(server, await server.mintToken({ user: 'other' }));
    const mine = await Stream.open(server.origin, one.cookie);
    const theirs = await Stream.open(server.origin, stranger.cookie);
    await two.upload({ name: 'u.txt', bytes: new Uint8Array([1]) });
    await chat(two, 'x');
    await mine.until(({ messages }) =>
      messages.some((m) => m.type === 'job:update' && textAt(m, 'body', 'state') === 'success'),
    );
    expect(mine.messages[0]).toEqual({
      type: 'client:toast',
      body: { message: 'File created: u.txt', options: { type: 'info' } },
    });
    expect(mine.messages.some(({ type }) => type === 'job_state' || type === 'chat:system')).toBe(false);
    expect(theirs.messages).toEqual([]);
    await Promise.all([mine.close(), theirs.close()]);
  });

  it('get nothing as the second stream once the connection of the first closes; the third gets what was missed', async () => {
    const visitor = await Visitor.enter(server);
    const first = await Stream.open(server.origin, visitor.cookie);
    const second = await Stream.open(server.origin, visitor.cookie);
    await first.until(({ ended }) => ended);
    expect(first.messages).toMatchObject([{ type: 'close', body: { reason: 'new_connection' } }]);
    await first.close();
    await chat(visitor, 'who hears this?');
    expect(second.messages).toEqual([]);
    expect(second.ended).toBe(false);
    await second.close();
    const third = await Stream.open(server.origin, visitor.cookie);
    await third.hears('job_state', 'job_finished');
    expect(texts(third)[0]).toContain('who hears this?');
    await third.close();
  });

  it('can be closed and opened many times', async () => {
    const visitor = await Visitor.enter(server);
    for (let turn = 0; turn < 10; turn++) {
      const stream = await Stream.open(server.origin, visitor.cookie);
      await visitor.start(RECIPE.chatOnly, { text: `turn ${turn}` });
      await stream.hears('job_state', 'job_finished');
      expect(texts(stream)[0]).toContain(`turn ${turn}`);
      await stream.close();
    }
  });

  it('use one kept connection in turn, and leave no listener on it', async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', note);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<Socket>();
    for (let turn = 0; turn < 12; turn++) {
      // A session of its own: the stream before may still make one of the same session deaf.
      const visitor = await Visitor.enter(server);
      const headers = { cookie: visitor.cookie };
      const asked = get(`${server.origin}/api/v1/mercenaries/listen`, { agent, headers });
      const [reply] = (await once(asked, 'response')) as [IncomingMessage];
      sockets.add(reply.socket);
      // The server ends the older of two streams of a session, and its connection is used again.
      const end = once(reply.resume(), 'end');
      const newer = await Stream.open(server.origin, visitor.cookie);
      await end;
      await newer.close();
    }
    agent.destroy();
    process.off('warning', note);
    expect(sockets.size).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('carry the token that the chat command makes', async () => {
    const visitor = await Visitor.enter(server);
    const answer = await visitor.post('/api/v1/mercenaries/runscript/generateJwtToken', [
      'exec',
      'Workflow',
      '300',
      RECIPE.echo,
    ]);
    expect([answer.status, answer.text]).toEqual([200, 'true']);
    const stream = await Stream.open(server.origin, visitor.cookie);
    await stream.hears('chat:system');
    const [message] = stream.messages;
    const token = textAt(message, 'body', 'content', 0, 'value').replace('Generated token: ', '');
    const headers = { authorization: `Bearer ${token}` };
    expect((await send(server.origin, 'GET', '/api/v1/workflow/jobs', { headers })).status).toBe(200);
    await stream.close();
  });

  it('end with the server', async () => {
    const short = await startPracticeServer();
    const stream = await Stream.open(short.origin, (await Visitor.enter(short)).cookie);
    await short.close();
    await stream.until(({ ended }) => ended);
  });
});
