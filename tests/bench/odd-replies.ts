import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OmnitoolServer } from '../../electron/core/omnitool/server.ts';
import { median, type Table } from './table.ts';

const SIZE = 6_000_000;
const WANTED_MS = 100;

/** As many of an entry as fill the reply. */
const filled = (before: string, entry: string, after: string): Buffer =>
  Buffer.from(
    `${before}${Array(Math.floor(SIZE / (entry.length + 1)))
      .fill(entry)
      .join(',')}${after}`,
  );

const ODD: Readonly<Record<string, string>> = { numbers: '0', lists: '[]', objects: '{}', 'texts by id': '{"id":"a"}' };

type Ask = (server: OmnitoolServer) => Promise<unknown>;

const ROUTES: Readonly<Record<string, readonly [before: string, after: string, ask: Ask]>> = {
  jobs: ['{"jobs":[', ']}', (server) => server.listJobs()],
  'results, files': ['{"job":{},"artifacts":{"files":[', ']}}', (server) => server.results('job')],
  'results, data': ['{"job":{},"objects":[', ']}', (server) => server.results('job')],
  recipes: ['{"items":[', ']}', (server) => server.listRecipes()],
  'a recipe': [
    '{"workflow":{"id":"a","rete":{"nodes":{"1":{"name":"a","inputs":{"a":{"connections":[',
    ']}}}}}}}',
    (server) => server.loadRecipe('a'),
  ],
};

/** The longest time in which the process does nothing else while it reads 6 MB of what no server should send. */
export async function measureOddReplies(): Promise<Table> {
  const rows: string[][] = [];
  for (const [route, [before, after, ask]] of Object.entries(ROUTES))
    for (const [what, entry] of Object.entries(ODD)) {
      const body = filled(before, entry, after);
      const stall = median([await stallOf(body, ask), await stallOf(body, ask), await stallOf(body, ask)]);
      rows.push([
        `${route}: ${what}`,
        stall.toFixed(0),
        stall <= WANTED_MS ? `at most ${WANTED_MS}` : `MISSED ${WANTED_MS}`,
      ]);
    }
  return { title: '6 MB of odd entries', heads: ['', 'longest stall, ms', 'target'], rows };
}

/** In ms. Not time by the clock, of which a busy machine takes its part: what this thread does in one piece, nobody else can. */
function workOfThread(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

async function stallOf(body: Buffer, ask: Ask): Promise<number> {
  let isWarm = false;
  const server = createServer((_request, response) => {
    response.setHeader('set-cookie', 'sessionId=s%3Aa');
    response.setHeader('content-type', 'application/json');
    response.end(isWarm ? body : '{"jobs":[]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new OmnitoolServer({
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'token',
  });
  // Everything is compiled and connected by then.
  await client.listJobs();
  isWarm = true;
  let last = workOfThread();
  let longest = 0;
  const look = (): void => {
    const now = workOfThread();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const watch = setInterval(look, 1);
  await ask(client).catch(() => null);
  look();
  clearInterval(watch);
  client.close();
  server.close();
  return longest;
}
