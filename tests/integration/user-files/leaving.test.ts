import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { mountShare } from '../../support/hung-share.ts';
import { needs } from '../../support/needs.ts';

const hung = await mountShare('deaf');

describe('a process with a call that hangs', () => {
  needs(hung.lacking);
  afterAll(() => hung.remove());

  // Without `hardExit` the process waits for its thread, and this test fails by its time limit.
  it('names what does not answer, and exits with its own code', async () => {
    const script = join(import.meta.dirname, '../../support/leaving-child.ts');
    const child = spawn(process.execPath, [script, join(hung.folder, 'a.txt'), '7'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>]);
    expect([said, code]).toEqual(['Unanswered: ETIMEDOUT: the drive does not answer', 7]);
  });
});
