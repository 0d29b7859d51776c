import { describe, expect, it } from 'vitest';
import { probe } from '../../../electron/core/omnitool/probe.ts';
import { html, json, raw, redirect, reply, reset, silence, text, trickle } from '../../support/scripted-server.ts';
import { failureOf, hurried, scripted } from './client.ts';

const VERSION = 'GET /version';

describe('probing an address', () => {
  it.each(['1.0.4', ' 1.0.4\n', '2.13.0-beta.1'])('recognises an Omnitool server by %j', async (version) => {
    const server = (await scripted()).on(VERSION, text(200, version));
    expect(await probe(server.origin)).toEqual({ version: version.trim() });
    expect(server.asked[0]?.headers).not.toHaveProperty('authorization');
    expect(server.asked[0]?.headers).not.toHaveProperty('cookie');
  });

  it.each([
    ['a page', html(200)],
    ['a page for a missing page', html(404)],
    ['JSON', json(200, { version: '1.0.4' })],
    ['a redirect', redirect('http://127.0.0.1:1/version')],
    ['a 401', text(401, '1.0.4')],
    ['a 500', text(500, 'oops')],
    ['nothing', reply(200, '')],
    ['an endless text', text(200, '1'.repeat(100_000))],
    ['a text that only begins like one', text(200, `1.0.4${'x'.repeat(100)}`)],
    ['no HTTP', raw('SSH-2.0-OpenSSH_9.6\r\n')],
  ])('knows none by %s', async (_what, answer) => {
    const server = (await scripted()).on(VERSION, answer);
    expect(await failureOf(probe(server.origin))).toMatchObject({ code: 'not-omnitool', path: '/version' });
  });

  it.each([
    ['says nothing', silence, 'timed-out'],
    ['trickles', trickle(50), 'timed-out'],
    ['hangs up', reset, 'unreachable'],
    ['is a proxy of a dead server', html(503), 'server-error'],
    ['is busy', text(429, ''), 'rate-limited'],
  ])('calls nobody a stranger who %s', async (_what, answer, code) => {
    const server = (await scripted()).on(VERSION, answer);
    const failure = await failureOf(
      probe(server.origin, hurried({ code }, { response: 1_000, idle: 1_000, reply: 1_500 })),
    );
    expect(failure).toMatchObject({ code });
  });

  it('can be cancelled', async () => {
    const server = (await scripted()).on(VERSION, silence);
    const giveUp = new AbortController();
    const asking = failureOf(probe(server.origin, { signal: giveUp.signal }));
    await server.arrival(VERSION);
    giveUp.abort();
    expect(await asking).toMatchObject({ code: 'cancelled' });
  });
});
