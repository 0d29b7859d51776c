import { describe, expect, it, onTestFinished } from 'vitest';
import {
  cutBody,
  json,
  raw,
  reset,
  silence,
  startScriptedServer,
  stuckBody,
  trickle,
} from '../../support/scripted-server.ts';
import { clientOf, failureOf, hurried, JOBS, jobs, RESULTS, scripted, STOP } from './client.ts';
import { selfSigned } from './self-signed.ts';

const quick = { response: 1_000, idle: 1_000, reply: 1_500 };

describe('a call without a complete reply', () => {
  it.each([
    ['cut off', cutBody(500, '{"jobs":['), { code: 'unreachable', status: 200 }],
    ['reset', reset, { code: 'unreachable', status: null, detail: 'ECONNRESET' }],
    ['never answered', silence, { code: 'timed-out', status: null }],
    ['stuck in the middle', stuckBody(500, '{"jobs":['), { code: 'timed-out', status: 200 }],
    ['a trickle of bytes', trickle(50), { code: 'timed-out', status: 200, detail: 'read' }],
    ['no HTTP', raw('220 mail.example ESMTP\r\n'), { code: 'bad-reply', status: null }],
    ['over the limit', json(200, { jobs: [], padding: 'x'.repeat(9_000_000) }), { code: 'bad-reply', detail: 'size' }],
  ])('because it is %s fails in time', async (_what, answer, expected) => {
    const server = (await scripted()).on(JOBS, answer);
    const failure = await failureOf(clientOf(server.origin, hurried(expected, quick)).listJobs());
    expect(failure).toMatchObject({ ...expected, sent: 'maybe', method: 'GET', path: '/api/v1/workflow/jobs' });
    expect(server.asked).toHaveLength(1);
  });

  it('works again afterwards', async () => {
    const server = (await scripted()).on(JOBS, reset, cutBody(500, '{'), jobs('shared'));
    const client = clientOf(server.origin);
    await failureOf(client.listJobs());
    await failureOf(client.listJobs());
    expect(await client.listJobs()).toEqual([]);
  });
});

describe('a server that cannot be reached', () => {
  it('by name', async () => {
    const failure = await failureOf(clientOf('http://omnitool.invalid').listJobs());
    expect(failure).toMatchObject({ code: 'unreachable', sent: 'no', status: null });
    expect(failure.detail).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  it('because nothing listens on the port', async () => {
    const server = await startScriptedServer();
    await server.close();
    expect(await failureOf(clientOf(server.origin).listJobs())).toMatchObject({
      code: 'unreachable',
      sent: 'no',
      detail: 'ECONNREFUSED',
    });
  });

  it('because it stopped between two calls', async () => {
    const server = await scripted();
    const client = clientOf(server.origin);
    await client.listJobs();
    await server.close();
    // On a reused connection a lost request cannot be told from one that arrived.
    expect(await failureOf(client.listJobs())).toMatchObject({ code: 'unreachable', sent: 'maybe' });
    expect(await failureOf(client.listJobs())).toMatchObject({ code: 'unreachable', sent: 'no' });
  });
});

describe('https', () => {
  const secureServer = async () => {
    const server = await startScriptedServer(selfSigned);
    onTestFinished(() => server.close());
    return server.on(JOBS, jobs('shared'));
  };

  it('with an untrusted certificate is refused before anything is sent', async () => {
    const server = await secureServer();
    expect(await failureOf(clientOf(server.origin).listJobs())).toMatchObject({
      code: 'tls',
      sent: 'no',
      status: null,
      detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(server.asked).toEqual([]);
  });

  it('works with the authority of the profile', async () => {
    const server = await secureServer();
    expect(await clientOf(server.origin, { certificateAuthority: selfSigned.cert }).listJobs()).toEqual([]);
    expect(server.askedFor(JOBS)[0]?.headers.authorization).toMatch(/^Bearer /);
  });

  it('to a server that speaks plain http is a TLS failure', async () => {
    const server = await scripted();
    const failure = await failureOf(clientOf(server.origin.replace('http:', 'https:')).listJobs());
    expect(failure).toMatchObject({ code: 'tls', sent: 'no' });
  });
});

describe('closing', () => {
  it('cancels running calls and refuses later ones', async () => {
    const server = (await scripted()).on(RESULTS, silence).on(STOP, json(200, {}));
    const client = clientOf(server.origin);
    const waiting = failureOf(client.results('job-1'));
    await server.arrival(RESULTS);
    client.close();
    expect(await waiting).toMatchObject({ code: 'cancelled', sent: 'maybe' });
    expect(await failureOf(client.stop('job-1'))).toMatchObject({ code: 'cancelled', sent: 'no' });
    expect(server.askedFor(STOP)).toEqual([]);
  });

  it('removes its listeners from a signal that lives longer', async () => {
    const server = await scripted();
    const client = clientOf(server.origin);
    const lasting = new AbortController();
    for (let call = 0; call < 30; call += 1) await client.listJobs(lasting.signal);
    lasting.abort();
    expect(await client.listJobs()).toEqual([]);
  });
});
