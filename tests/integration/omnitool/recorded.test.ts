/**
 * Tests the client with exchanges recorded from a real Omnitool 1.0.4, replayed over real HTTP. The recordings are
 * beside the repository, not in it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OmnitoolServer } from '../../../electron/core/omnitool/server.ts';
import { probe } from '../../../electron/core/omnitool/probe.ts';
import { startBody } from '../../../electron/core/omnitool/start-body.ts';
import { raw, reply, type Act } from '../../support/scripted-server.ts';
import { clientOf, EXEC, failureOf, JOBS, jobs, RESULTS, scripted, STOP, temporaryFolder, UPLOAD } from './client.ts';

const folder = resolve(import.meta.dirname, '../../../../shared/recorded');

const exchangeSchema = z.object({
  request: z.object({
    method: z.string(),
    path: z.string(),
    body: z
      .union([
        z.string(),
        z.object({ multipart: z.array(z.object({ size: z.number().optional(), base64: z.string().optional() })) }),
      ])
      .optional(),
  }),
  response: z.object({
    status: z.number(),
    headers: z.record(z.string(), z.string()),
    body: z.string().optional(),
    bodyBase64: z.string().optional(),
    socket: z.object({ head: z.string() }).optional(),
  }),
});
type Exchange = z.output<typeof exchangeSchema>;

const recorded = (file: string): readonly Exchange[] =>
  z.object({ exchanges: z.array(exchangeSchema) }).parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
    .exchanges;

const bodyOf = ({ response }: Exchange): Buffer =>
  response.bodyBase64 === undefined ? Buffer.from(response.body ?? '') : Buffer.from(response.bodyBase64, 'base64');
const jsonOf = (exchange: Exchange): unknown => JSON.parse(bodyOf(exchange).toString('utf8'));

/** Headers of the original connection; placeholders changed the lengths. */
const OF_THE_CONNECTION = new Set(['date', 'connection', 'keep-alive', 'content-length']);

function again(exchange: Exchange): Act {
  const { status, headers, socket } = exchange.response;
  if (socket !== undefined) return raw(Buffer.concat([Buffer.from(socket.head, 'latin1'), bodyOf(exchange)]));
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()));
  return reply(status, bodyOf(exchange), Object.fromEntries(kept));
}

async function answering(route: string, exchange: Exchange): Promise<OmnitoolServer> {
  const server = (await scripted()).on(route, again(exchange));
  return clientOf(server.origin);
}

const CODES: Readonly<Record<number, string>> = { 401: 'unauthorized', 403: 'forbidden', 500: 'server-error' };
const pick = (files: readonly string[], method: string, path: RegExp): [string, Exchange][] =>
  files
    .flatMap(recorded)
    .filter(({ request }) => request.method === method && path.test(request.path))
    .map((exchange, index) => [`${String(index)}: ${String(exchange.response.status)}`, exchange]);

if (existsSync(folder)) {
  describe('recorded job lists', () => {
    const files = ['auth-failures.json', 'jobs-list.json', 'ghost-job.json', 'stop.json', 'results.json'];
    it.each(pick(files, 'GET', /^\/api\/v1\/workflow\/jobs$/))('%s', async (_name, exchange) => {
      const client = await answering(JOBS, exchange);
      if (exchange.response.status === 200) expect({ jobs: await client.listJobs() }).toEqual(jsonOf(exchange));
      else expect((await failureOf(client.listJobs())).code).toBe(CODES[exchange.response.status]);
    });
  });

  describe('recorded starts', () => {
    const files = ['auth-failures.json', 'exec-ok-and-refusals.json', 'ghost-job.json'];
    it.each(pick(files, 'POST', /\/exec$/))('%s', async (_name, exchange) => {
      const client = await answering(EXEC, exchange);
      const start = client.start((await client.openRunSession()).session, startBody('recipe-1', {}));
      if (exchange.response.status === 200)
        expect(jsonOf(exchange)).toMatchObject({ result: { jobId: (await start).jobId } });
      else expect(await failureOf(start)).toMatchObject({ code: CODES[exchange.response.status], sent: 'answered' });
    });
  });

  describe('recorded stops', () => {
    it.each(pick(['stop.json'], 'POST', /\/stop$/))('%s', async (_name, exchange) => {
      const client = await answering(STOP, exchange);
      if (exchange.response.status === 200) await client.stop('job-1');
      else expect((await failureOf(client.stop('job-1'))).code).toBe(CODES[exchange.response.status]);
    });
  });

  describe('recorded results', () => {
    it.each(pick(['results.json', 'stop.json'], 'GET', /\/results(\?|$)/))('%s', async (_name, exchange) => {
      const client = await answering(RESULTS, exchange);
      const { status } = exchange.response;
      if (status === 404) expect(await client.results('job-1')).toBeNull();
      else if (status !== 200) expect((await failureOf(client.results('job-1'))).code).toBe(CODES[status]);
      else {
        const results = await client.results('job-1');
        const { text = [], objects, artifacts, created } = jsonOf(exchange) as Record<string, unknown>;
        expect(results).toMatchObject({ texts: text, objects: objects ?? [], unreadable: 0, createdAt: created });
        const files = Object.values(artifacts as Record<string, { fid: string }[]>).flat();
        const fids = new Set(files.map(({ fid }) => fid));
        expect(results?.artifacts.map(({ fid }) => fid).sort()).toEqual([...fids].sort());
      }
    });
  });

  describe('recorded recipes', () => {
    it.each(pick(['load-recipe.json', 'auth-failures.json'], 'GET', /\/workflow\/[\da-f]{8}[\da-f-]+$/))(
      '%s',
      async (_name, exchange) => {
        const client = await answering('GET /api/v1/workflow/*', exchange);
        const load = client.loadRecipe('recipe-1');
        const { status } = exchange.response;
        if (status === 404) expect(await load).toBeNull();
        else if (status !== 200) expect((await failureOf(load)).code).toBe(CODES[status]);
        else {
          const recipe = await load;
          const body = jsonOf(exchange) as {
            workflow: { meta: { name: string; pictureUrl?: string }; ui: { formIO?: object }; rete: { nodes: object } };
          };
          expect(recipe?.name).toBe(body.workflow.meta.name);
          expect(recipe?.nodes).toHaveLength(Object.keys(body.workflow.rete.nodes).length);
          expect(recipe?.unreadableNodes).toBe(0);
          expect(recipe?.pictureUrl).toBe(body.workflow.meta.pictureUrl ?? null);
          expect(recipe?.ui.form).toBe(body.workflow.ui.formIO !== undefined);
        }
      },
    );

    const COLLECTION = /omni-core-collectionmanager:collection$/;
    it('are all listed, ghosts and public ones included', async () => {
      const pages = pick(['collection-list.json'], 'POST', COLLECTION).map(([, exchange]) => exchange);
      const items = (exchange: Exchange): unknown[] => (jsonOf(exchange) as { items?: unknown[] }).items ?? [];
      const answered = pages.filter((exchange) => exchange.response.status === 200 && bodyOf(exchange).byteLength > 0);
      const full = answered.filter((exchange) => items(exchange).length > 0);
      const end = answered.find((exchange) => items(exchange).length === 0);
      expect(end).toBeDefined();
      if (end === undefined) return;
      for (const page of full) {
        const server = await scripted();
        server.on('POST /api/v1/mercenaries/runscript/*', again(page), again(end));
        expect((await clientOf(server.origin).listRecipes()).recipes).toHaveLength(items(page).length);
      }
    });

    it('are listed by the block when the script refuses', async () => {
      const [, refusal] =
        pick(['collection-list.json'], 'POST', COLLECTION).find(([, { response }]) => response.status === 500) ?? [];
      const [, named] =
        pick(['collection-list.json'], 'POST', /runBlock$/).find(([, { response }]) => response.status === 200) ?? [];
      expect([refusal, named]).not.toContain(undefined);
      if (refusal === undefined || named === undefined) return;
      const server = (await scripted()).on('POST /api/v1/mercenaries/runscript/*', again(refusal), again(named));
      const { models } = jsonOf(named) as { models: unknown[] };
      expect((await clientOf(server.origin).listRecipes()).recipes).toHaveLength(models.length - 1);
    });
  });

  describe('recorded uploads', () => {
    it.each(pick(['upload.json'], 'POST', /^\/fid$/))('%s', async (_name, exchange) => {
      const client = await answering(UPLOAD, exchange);
      const { body } = exchange.request;
      const files = typeof body === 'object' ? body.multipart.filter(({ size }) => size !== undefined) : [];
      const content = Buffer.from(files[0]?.base64 ?? '', 'base64');
      const path = join(await temporaryFolder(), 'file');
      await writeFile(path, content);
      const upload = client.upload({ path, name: 'file', size: content.byteLength });
      const { status } = exchange.response;
      if (status === 401) expect((await failureOf(upload)).code).toBe('unauthorized');
      else if (status === 500) expect((await failureOf(upload)).code).toBe('upload-refused');
      else if (files.length !== 1) expect((await failureOf(upload)).code).toBe('upload-incomplete');
      else expect(jsonOf(exchange)).toMatchObject([{ fid: (await upload).fid, size: (await upload).size }]);
    });
  });

  describe('recorded downloads', () => {
    it.each(pick(['fid.json'], 'GET', /^\/fid\//))('%s', async (_name, exchange) => {
      const client = await answering('GET /fid/*', exchange);
      const target = join(await temporaryFolder(), 'file');
      const download = client.download('11,tz8hnpms3x', target);
      const { status } = exchange.response;
      if (status === 200) {
        const { size } = await download;
        expect((await readFile(target)).equals(bodyOf(exchange))).toBe(true);
        expect(size).toBe(bodyOf(exchange).byteLength);
      } else {
        const codes: Readonly<Record<number, string>> = {
          404: 'not-found',
          410: 'gone',
          422: 'bad-reply',
          500: 'artifact-broken',
        };
        expect((await failureOf(download)).code).toBe(codes[status]);
        expect(existsSync(target)).toBe(false);
      }
    });
  });

  it('the recorded version is one', async () => {
    const [, exchange] = pick(['version-ping.json'], 'GET', /^\/version$/)[0] ?? [];
    expect(exchange).toBeDefined();
    if (exchange === undefined) return;
    const server = (await scripted()).on('GET /version', again(exchange)).on(JOBS, jobs('a'));
    expect(await probe(server.origin)).toEqual({ version: '1.0.4' });
  });
} else {
  it('recorded exchanges', ({ skip }) => skip('exchanges recorded with a real server are not here'));
}
