import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { scripted, storesSlowly, temporaryFolder, UPLOAD } from './client.ts';

const MEBIBYTE = 1_048_576;
const SIZE = 30 * MEBIBYTE;
const child = join(import.meta.dirname, 'memory-child.ts');

it('30 MiB are uploaded and downloaded without being held in memory', async () => {
  const file = join(await temporaryFolder(), 'large.bin');
  await writeFile(file, '');
  await truncate(file, SIZE);
  const server = await scripted();
  server.on(UPLOAD, { early: storesSlowly }).on('GET /fid/*', (response) => {
    response.writeHead(200, { 'content-length': String(SIZE) });
    createReadStream(file).pipe(response);
  });
  const { stdout } = await promisify(execFile)(process.execPath, [child, server.origin, file, String(SIZE)]);
  const { upload, download } = JSON.parse(stdout) as Record<'upload' | 'download', { rss: number; buffers: number }>;
  // 180 MiB went each way. Uploads leave no garbage; that of downloads is collected at about 50 MiB.
  expect(upload.rss / MEBIBYTE).toBeLessThan(20);
  expect(upload.buffers / MEBIBYTE).toBeLessThan(20);
  expect(download.rss / MEBIBYTE).toBeLessThan(90);
  expect(download.buffers / MEBIBYTE).toBeLessThan(90);
});
