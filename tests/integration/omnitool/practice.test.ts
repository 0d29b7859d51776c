/** The whole way on the practice server, which shares no code with the client. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OmnitoolServer } from '../../../electron/core/omnitool/server.ts';
import { probe } from '../../../electron/core/omnitool/probe.ts';
import { startBody } from '../../../electron/core/omnitool/start-body.ts';
import { clientOf, failureOf, idOf, practice, temporaryFolder } from './client.ts';

const stateOf = async (client: OmnitoolServer, jobId: string): Promise<string | undefined> =>
  (await client.listJobs()).find(({ id }) => id === jobId)?.state;

it('a file is uploaded, run through a recipe, and downloaded', async () => {
  const server = await practice();
  expect((await probe(server.origin)).version).toBe('1.0.4');
  const client = clientOf(server.origin, { token: server.token });
  const { recipes } = await client.listRecipes();
  expect(recipes.map(({ name }) => name)).toEqual(expect.arrayContaining(server.recipes.map(({ name }) => name)));

  const echo = await client.loadRecipe(idOf(server, 'Echo'));
  expect(echo?.nodes.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['omnitool.chat_input', 'omnitool.recipe_output']),
  );

  const content = randomBytes(700_000);
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'in'), content);
  const stored = await client.upload({ path: join(folder, 'in'), name: 'Größe 画像.bin', size: content.byteLength });
  const { session } = await client.openRunSession();
  const { jobId } = await client.start(
    session,
    startBody(idOf(server, 'Echo'), {
      text: 'Grüße 🐴',
      documents: [{ fid: stored.fid }],
    }),
  );
  await expect.poll(() => stateOf(client, jobId)).toBe('success');

  const results = await client.results(jobId);
  expect(results).toMatchObject({ texts: ['Grüße 🐴'], unreadable: 0 });
  const [artifact, ...others] = results?.artifacts ?? [];
  expect(others).toEqual([]);
  expect(artifact).toMatchObject({ list: 'documents', size: content.byteLength });
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect(stored.sha256).toBe(sha256);
  const target = join(folder, 'out');
  expect(await client.download(artifact?.fid ?? '', target, { expectedSize: artifact?.size })).toEqual({
    size: content.byteLength,
    sha256,
  });
  expect((await readFile(target)).equals(content)).toBe(true);
  expect(await failureOf(client.download('00,nosuchfile', join(folder, 'none')))).toMatchObject({ code: 'gone' });
});

it('the reasons of a failed download differ', async () => {
  const server = await practice();
  const client = clientOf(server.origin, { token: server.token });
  const unknown = '11111111-1111-1111-1111-111111111111';
  expect(await client.loadRecipe(unknown)).toBeNull();
  expect(await client.results(unknown)).toBeNull();
  expect(await failureOf(client.start((await client.openRunSession()).session, startBody(unknown, {})))).toMatchObject({
    code: 'server-error',
    sent: 'answered',
  });
});

it('a token is limited to its scopes, and a new one works at once', async () => {
  const server = await practice();
  const client = clientOf(server.origin, {
    token: await server.mintToken({ scopes: [{ action: 'read', subject: 'Workflow' }] }),
  });
  const start = async () =>
    client.start((await client.openRunSession()).session, startBody(idOf(server, 'Echo'), { text: 'x' }));
  expect(await failureOf(start())).toMatchObject({ code: 'forbidden', status: 403, sent: 'answered' });

  client.replaceToken(server.token);
  const { jobId } = await start();
  await expect.poll(() => stateOf(client, jobId)).toBe('success');

  client.replaceToken(await server.mintToken({ lifetimeSeconds: -5 }));
  expect(await failureOf(client.listJobs())).toMatchObject({ code: 'unauthorized', sent: 'answered' });
  expect(await failureOf(start())).toMatchObject({ code: 'unauthorized', sent: 'answered' });
});

it('a slow job can be stopped, and only that one', async () => {
  const server = await practice();
  const client = clientOf(server.origin, { token: server.token });
  const slow = idOf(server, 'Slow steps');
  server.holdWaits();
  const one = await client.start((await client.openRunSession()).session, startBody(slow, { text: 'steps=2' }));
  const other = await client.start((await client.openRunSession()).session, startBody(slow, { text: 'steps=2' }));
  await client.stop(one.jobId);
  expect(await stateOf(client, one.jobId)).toBe('forceStop');
  expect(await stateOf(client, other.jobId)).toBe('running');
  server.finishWaits();
  await expect.poll(() => stateOf(client, one.jobId)).toBe('stopped');
  await expect.poll(() => stateOf(client, other.jobId)).toBe('success');
});

it('a restart loses the jobs, but not the session, the files or the client', async () => {
  const server = await practice();
  const client = clientOf(server.origin, { token: server.token });
  const { jobId } = await client.start(
    (await client.openRunSession()).session,
    startBody(idOf(server, 'Echo'), { text: 'kept' }),
  );
  await expect.poll(() => stateOf(client, jobId)).toBe('success');
  await server.restart();
  await expect.poll(() => client.listJobs().catch(() => null)).toEqual([]);
  expect((await client.results(jobId))?.texts).toEqual(['kept']);
});

it.each(['collection', 'block', 'workflows'] as const)(
  'recipes are listed by the %s when only that works',
  async (way) => {
    const server = await practice({ listing: way, moreRecipes: 700 });
    const client = clientOf(server.origin, { token: server.token });
    const list = await client.listRecipes();
    expect({ way: list.way, complete: list.complete }).toEqual({ way, complete: way !== 'block' });
    const ids = list.recipes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const own = list.recipes.filter(({ mine }) => mine);
    expect(own.length).toBeGreaterThan(0);
    if (way === 'block') expect(list.recipes).toEqual(own);
    else expect(ids).toEqual(expect.arrayContaining(server.recipes.map(({ id }) => id)));
  },
);
