import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { type Line, median } from './table.ts';

const ROUNDS = 3;
const MEBIBYTE = 1_048_576;

/** The peak of a process that only uploads, over what it had before: each in a fresh process. */
export async function measureMemory(
  what: string,
  server: { readonly origin: string; readonly token: string },
  path: string,
): Promise<Line> {
  const peak = async (side: string): Promise<number> => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'memory-child.ts'), side, server.origin, path], {
      env: { ...process.env, BENCH_TOKEN: server.token },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return Number(await text(child.stdout)) / MEBIBYTE;
  };
  const peaks = { omnitray: [] as number[], plain: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    peaks.omnitray.push(await peak('omnitray'));
    peaks.plain.push(await peak('plain'));
  }
  return { what, omnitray: median(peaks.omnitray), plain: median(peaks.plain) };
}
