/** Uploads one file and prints by how many bytes the process grew at most. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { OmnitoolServer } from '../../electron/core/omnitool/server.ts';
import { PlainClient } from './plain-client.ts';

const SAMPLE_MS = 2;
const [, , side, origin = '', path = ''] = process.argv;
const token = process.env.BENCH_TOKEN ?? '';

const plain = new PlainClient(origin, token);
const server = new OmnitoolServer({ origin, token });
// Connections, caches and code are there before the base is taken.
await plain.jobs();
await server.listJobs();

const base = process.memoryUsage.rss();
let peak = base;
const sampler = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, SAMPLE_MS);
if (side === 'plain') await plain.upload(path);
else await server.upload({ path, name: basename(path), size: statSync(path).size });
clearInterval(sampler);
server.close();
console.log(peak - base);
