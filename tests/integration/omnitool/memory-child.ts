/**
 * Runs in its own process for memory.test.ts, so that only the client's memory is measured: uploads and downloads one
 * file and prints the largest growth of the process in bytes.
 */
import { statSync } from 'node:fs';
import { OmnitoolServer } from '../../../electron/core/omnitool/server.ts';

const [origin = '', path = '', size = '0'] = process.argv.slice(2);
const server = new OmnitoolServer({ origin, token: 'a.b.c' });
const source = { path, name: 'large.bin', size: Number(size) };

/** Several rounds, so that uncollected garbage is not mistaken for a file held in memory. */
const ROUNDS = 6;

const held = (): { rss: number; buffers: number } => {
  const { rss, arrayBuffers, heapUsed } = process.memoryUsage();
  return { rss, buffers: arrayBuffers + heapUsed };
};

async function growthOf(act: () => Promise<unknown>): Promise<{ rss: number; buffers: number }> {
  const before = held();
  const peak = { ...before };
  const timer = setInterval(() => {
    const now = held();
    peak.rss = Math.max(peak.rss, now.rss);
    peak.buffers = Math.max(peak.buffers, now.buffers);
  }, 2);
  await act();
  clearInterval(timer);
  return { rss: peak.rss - before.rss, buffers: peak.buffers - before.buffers };
}

// The first round loads and compiles code, whose memory does not count.
await server.upload({ ...source, path: import.meta.filename, size: statSync(import.meta.filename).size });
const upload = await growthOf(async () => {
  for (let round = 0; round < ROUNDS; round += 1) await server.upload(source);
});
const download = await growthOf(async () => {
  for (let round = 0; round < ROUNDS; round += 1)
    await server.download('1,a', `${path}.copy`, { expectedSize: source.size });
});
server.close();
process.stdout.write(JSON.stringify({ upload, download }));
