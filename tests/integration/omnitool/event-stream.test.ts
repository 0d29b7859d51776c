/** The event stream on the wire, complete and broken, from a scripted server. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ServerEvent } from '../../../electron/core/omnitool/server-event.ts';
import type { EventStream } from '../../../electron/core/omnitool/server.ts';
import {
  html,
  json,
  redirect,
  reply,
  reset,
  silence,
  startScriptedServer,
  type Act,
} from '../../support/scripted-server.ts';
import { heardToast, LISTEN, message, says, SESSION, staysAfter, toast, TYPE } from './sse.ts';
import { clientOf, failureOf, hurried, JOBS, jobs, scripted, TOKEN, unauthorized } from './client.ts';
import { selfSigned } from './self-signed.ts';

async function streamOf(answer: Act, deafAfterMs?: number) {
  const server = (await scripted()).on(LISTEN, answer);
  return clientOf(server.origin).listen({ session: SESSION, deafAfterMs });
}

async function heardOn(stream: EventStream): Promise<readonly ServerEvent[]> {
  const heard: ServerEvent[] = [];
  for await (const event of stream.events()) heard.push(event);
  return heard;
}

describe('a stream', () => {
  it('is requested with the cookie only, on its own connection, without a welcome message', async () => {
    const server = (await scripted()).on(LISTEN, says(toast('hello')));
    const client = clientOf(server.origin);
    await client.listJobs();
    expect(await heardOn(await client.listen({ session: SESSION }))).toEqual([heardToast('hello')]);
    const [asked] = server.askedFor(LISTEN);
    expect(asked?.url).toBe('/api/v1/mercenaries/listen?reconnect=1');
    expect(asked?.headers).toMatchObject({ cookie: 'sessionId=run', connection: 'close', accept: 'text/event-stream' });
    expect(asked?.headers).not.toHaveProperty('authorization');
    expect(asked?.connection).not.toBe(server.askedFor(JOBS)[0]?.connection);
  });

  it('without its own session uses the shared one, created again when it is refused', async () => {
    const server = (await scripted()).on(JOBS, jobs('old'), jobs('new')).on(LISTEN, unauthorized, says(toast('hello')));
    expect(await heardOn(await clientOf(server.origin).listen())).toEqual([heardToast('hello')]);
    expect(server.askedFor(LISTEN).map(({ headers }) => headers.cookie)).toEqual(['sessionId=old', 'sessionId=new']);
    expect(server.askedFor(JOBS)[1]?.headers).toMatchObject({ authorization: `Bearer ${TOKEN}` });
  });

  it('yields the same events for any split of the bytes', async () => {
    const bytes = Buffer.from(`\uFEFFretry: 3000\r\n\r\n: comment\n\n${toast('größer 🐴')}${toast('2')}`);
    const server = await scripted();
    const client = clientOf(server.origin);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      server.on(LISTEN, async (response) => {
        response.socket?.setNoDelay(true);
        response.writeHead(200, TYPE).flushHeaders();
        if (cut > 0) await new Promise((written) => response.write(bytes.subarray(0, cut), written));
        await new Promise(setImmediate);
        response.end(bytes.subarray(cut));
      });
      const stream = await client.listen({ session: SESSION });
      expect(await heardOn(stream)).toEqual([heardToast('größer 🐴'), heardToast('2')]);
      expect(stream.skipped).toBe(0);
    }
  });

  it('yields the same events byte by byte', async () => {
    const bytes = Buffer.from(`${toast('größer')}${toast('2')}`);
    const stream = await streamOf(async (response) => {
      response.socket?.setNoDelay(true);
      response.writeHead(200, TYPE);
      for (const byte of bytes) await new Promise((written) => response.write(Buffer.of(byte), written));
      response.end();
    });
    expect(await heardOn(stream)).toEqual([heardToast('größer'), heardToast('2')]);
  });

  it.each([
    ['line feeds', (text: string) => text],
    ['carriage returns', (text: string) => text.replaceAll('\n', '\r')],
    ['both', (text: string) => text.replaceAll('\n', '\r\n')],
    ['comments in between', (text: string) => `:\n: x\n\n${text.replaceAll('\n', '\n:ping\n')}\n`],
    ['data on many lines', (text: string) => text.replaceAll(',', ',\ndata:')],
    ['fields nobody knows', (text: string) => `event: x\nretry: soon\nfoo: bar\n${text}`],
  ])('may have %s', async (_what, written) => {
    const stream = await streamOf(says(written(`${toast('one')}${toast('two')}`)));
    expect(await heardOn(stream)).toEqual([heardToast('one'), heardToast('two')]);
    expect(stream.skipped).toBe(0);
  });

  it('skips and counts messages that it cannot parse', async () => {
    const stream = await streamOf(
      says(
        'data: no clone\n\n',
        toast('one'),
        'data: [["SharedArrayBuffer",99]]\n\n',
        message({ type: 5 }),
        toast('two'),
      ),
    );
    expect(await heardOn(stream)).toEqual([heardToast('one'), heardToast('two')]);
    expect(stream.skipped).toBe(3);
  });

  it('delivers a text of 10 MB', async () => {
    const long = 'x'.repeat(10_000_000);
    const said = { content: [{ value: [long], type: 'text/plain' }], attachments: {} };
    const stream = await streamOf(says(message({ type: 'chat:system', body: said }), toast('after')));
    const [chat, after] = await heardOn(stream);
    expect(chat?.type === 'chat' && chat.texts[0] === long).toBe(true);
    expect(after).toEqual(heardToast('after'));
  });

  it('skips a message that is too long, and reads the next', async () => {
    const stream = await streamOf(async (response) => {
      response.writeHead(200, TYPE).write('data: ');
      const part = '["'.repeat(500_000);
      for (let sent = 0; sent < 40; sent += 1) await new Promise((written) => response.write(part, written));
      response.write('\n\n', () => response.end(toast('after')));
    });
    expect(await heardOn(stream)).toEqual([heardToast('after')]);
    expect(stream.skipped).toBe(1);
  });

  it('accepts unknown events and continues', async () => {
    const stream = await streamOf(
      says(message({ type: 'new:thing', body: {} }), message({ type: 'keepalive', body: {} })),
    );
    expect(await heardOn(stream)).toEqual([{ type: 'other', name: 'new:thing' }, { type: 'keepalive' }]);
  });
});

describe('a reply that is not a stream', () => {
  it.each<[string, Act, Readonly<Record<string, unknown>> & { readonly code: string }]>([
    ['a page', html(200), { code: 'not-omnitool', status: 200, detail: 'html' }],
    ['JSON', json(200, {}), { code: 'bad-reply', status: 200, detail: 'type' }],
    ['nothing of a type', reply(200, 'data: x\n\n'), { code: 'bad-reply', status: 200, detail: 'type' }],
    ['elsewhere', redirect('http://127.0.0.1:1/'), { code: 'not-omnitool', status: 302 }],
    ['refused', unauthorized, { code: 'unauthorized', status: 401 }],
    ['forbidden', json(403, {}), { code: 'forbidden', status: 403 }],
    ['missing', json(404, { error: 'Not Found', statusCode: 404 }), { code: 'not-found', status: 404 }],
    ['in trouble', json(503, {}, { 'retry-after': '3' }), { code: 'server-error', retryAfterMs: 3_000 }],
    ['reset', reset, { code: 'unreachable' }],
    ['silent', silence, { code: 'timed-out' }],
  ])('is refused at once: %s', async (_what, answer, expected) => {
    const server = (await scripted()).on(LISTEN, answer);
    const client = clientOf(server.origin, hurried(expected, { response: 1_000 }));
    const failure = await failureOf(client.listen({ session: SESSION }));
    expect(failure).toMatchObject({ method: 'GET', path: '/api/v1/mercenaries/listen', ...expected });
    expect(server.askedFor(LISTEN)).toHaveLength(1);
    expect(JSON.stringify([failure, failure.message, failure.stack])).not.toContain('sessionId');
  });

  it('is cancelled when the caller leaves', async () => {
    const server = (await scripted()).on(LISTEN, silence);
    const giveUp = new AbortController();
    const listening = failureOf(clientOf(server.origin).listen({ session: SESSION, signal: giveUp.signal }));
    await server.arrival(LISTEN);
    giveUp.abort();
    expect((await listening).code).toBe('cancelled');
  });
});

describe('a stream that breaks', () => {
  it('reports it after all events', async () => {
    const stream = await streamOf((response) => {
      response.writeHead(200, TYPE);
      response.write(toast('one'), () => response.socket?.destroy());
    });
    const heard: ServerEvent[] = [];
    const failure = await failureOf(
      (async () => {
        for await (const event of stream.events()) heard.push(event);
      })(),
    );
    expect(heard).toEqual([heardToast('one')]);
    expect(failure).toMatchObject({ code: 'unreachable', path: '/api/v1/mercenaries/listen' });
  });

  it('by falling silent ends after the silence limit', async () => {
    const stream = await streamOf(staysAfter(toast('one')), 1_000);
    expect(await failureOf(heardOn(stream))).toMatchObject({ code: 'timed-out', status: 200 });
  });

  it('stays alive while anything arrives, even a comment', async () => {
    const stream = await streamOf(async (response) => {
      response.writeHead(200, TYPE);
      for (let beat = 0; beat < 15; beat += 1) {
        response.write(':\n');
        await new Promise((later) => setTimeout(later, 100));
      }
      response.end(toast('still here'));
    }, 1_200);
    expect(await heardOn(stream)).toEqual([heardToast('still here')]);
  });

  it('with its client closed is cancelled', async () => {
    const server = (await scripted()).on(LISTEN, staysAfter(toast('one')));
    const client = clientOf(server.origin);
    const stream = await client.listen({ session: SESSION });
    const heard = failureOf(heardOn(stream));
    client.close();
    expect((await heard).code).toBe('cancelled');
    await stream.close();
  });
});

describe('closing a stream', () => {
  it('waits until the server has closed the connection', async () => {
    let hasSeenIt = false;
    const stream = await streamOf((response, _asked, { socket }) => {
      response.writeHead(200, TYPE).write(toast('one'));
      socket.once('end', () => (hasSeenIt = true));
    });
    await stream.close();
    expect(hasSeenIt).toBe(true);
    await Promise.all([stream.close(), stream.close()]);
    expect(await heardOn(stream)).toEqual([]);
  });

  it('waits for it over TLS too', async () => {
    let hasSeenIt = false;
    const server = await startScriptedServer(selfSigned);
    onTestFinished(() => server.close());
    server.on(LISTEN, (response, _asked, { socket }) => {
      response.writeHead(200, TYPE).write(toast('one'));
      socket.once('end', () => (hasSeenIt = true));
    });
    const client = clientOf(server.origin, { certificateAuthority: selfSigned.cert });
    const stream = await client.listen({ session: SESSION });
    await stream.close();
    expect(hasSeenIt).toBe(true);
  });

  it('delivers events that had arrived', async () => {
    const stream = await streamOf((response, _asked, { socket }) => {
      response.writeHead(200, TYPE).flushHeaders();
      socket.removeAllListeners('end').once('end', () => response.end(toast('last words')));
    });
    const heard = heardOn(stream);
    await stream.close();
    expect(await heard).toEqual([heardToast('last words')]);
  });

  it('does not wait long for a server that keeps the connection', async () => {
    const stream = await streamOf((response, _asked, { socket }) => {
      socket.removeAllListeners('end');
      response.writeHead(200, TYPE).flushHeaders();
      const endless = setInterval(() => response.write(toast('on and on')), 10);
      socket.once('close', () => clearInterval(endless));
    });
    await stream.close();
    expect(await heardOn(stream)).toEqual([]);
  });

  it('happens when the loop ends', async () => {
    let hasSeenIt = false;
    const stream = await streamOf((response, _asked, { socket }) => {
      response.writeHead(200, TYPE).write(toast('one'));
      socket.once('end', () => (hasSeenIt = true));
    });
    for await (const event of stream.events()) {
      expect(event).toEqual(heardToast('one'));
      break;
    }
    expect(hasSeenIt).toBe(true);
  });
});

it('a session with an invalid cookie is not sent', async () => {
  const server = (await scripted()).on(LISTEN, says(''));
  const listening = clientOf(server.origin).listen({ session: { cookie: 'a\nb' } });
  await expect(listening).rejects.toThrow(TypeError);
  expect(server.asked).toEqual([]);
});
