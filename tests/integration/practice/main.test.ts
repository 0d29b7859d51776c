import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { field, list, send, textAt } from '../../support/wire/visitor.ts';

const MAIN = resolve(import.meta.dirname, '../../../electron/practice/main.ts');
const run = (...words: readonly string[]) => spawn(process.execPath, [MAIN, ...words]);

/** What the program printed up to something; throws with what it complained about when it ended before. */
async function printed(child: ChildProcessWithoutNullStreams, upTo: string): Promise<string> {
  let text = '';
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += String(chunk)));
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes(upTo)) return text;
  }
  throw new Error(`It ended without "${upTo}": ${complaint}`);
}

describe('npm run practice', () => {
  it('prints its address, a token and its recipes, and ends on request', async () => {
    const child = run('--port', '0', '--json');
    const about: unknown = JSON.parse(await printed(child, '\n'));
    const headers = { authorization: `Bearer ${textAt(about, 'token')}` };
    expect((await send(textAt(about, 'origin'), 'GET', '/api/v1/workflow/jobs', { headers })).text).toBe('{"jobs":[]}');
    expect(list(field(about, 'recipes'))[0]).toMatchObject({
      name: 'Echo',
      takes: ['text', 'images', 'audio', 'video', 'documents', 'json'],
    });
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('prints the same as text', async () => {
    const child = run('--port', '0');
    const text = await printed(child, 'Ctrl+C');
    expect(text).toMatch(/Address {2}http:\/\/127\.0\.0\.1:\d+\n {2}Token {4}ey/);
    expect(text).toContain('takes text, documents; gives text, objects');
    expect(text).toContain('takes text; gives nothing; says text, images');
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  it('has help, and refuses an invalid port', async () => {
    const help = run('--help');
    expect(await printed(help, 'Ctrl+C')).toContain('npm run practice');
    const wrong = run('--port', '70000');
    expect(await once(wrong, 'exit')).toEqual([2, null]);
    expect(await once(run('--more', 'many'), 'exit')).toEqual([2, null]);
  });
});
