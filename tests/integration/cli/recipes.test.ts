import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPracticeServer } from '../../../electron/practice/server.ts';
import type { PracticeServer } from '../../../electron/practice/server.ts';
import { makeHome } from '../../support/test-core.ts';
import type { TestHome } from '../../support/test-core.ts';

let server: PracticeServer;
let home: TestHome;

/** What a command prints as its result. */
async function omnitray(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../../electron/cli.ts'), ...args], {
    env: { PATH: process.env.PATH, OMNITRAY_HOME: home.folder, OMNITRAY_TOKEN: server.token },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text(child.stdout);
}

beforeEach(async () => {
  server = await startPracticeServer();
  home = await makeHome();
  await omnitray('connect', server.origin);
});
afterEach(async () => {
  await server.close();
  await home.remove();
});

describe('omnitray recipes', () => {
  it('says what each takes, gives and should be known of it', async () => {
    const lines = (await omnitray('recipes')).trimEnd().split('\n');
    const line = (name: string) => lines.find((each) => each.startsWith(name)) ?? '';
    expect(line('Thumbnail sheet')).toMatch(/^Thumbnail sheet {2,}Takes images\. Gives back text and images\.$/);
    expect(line('Chat-only')).toContain('Takes text. Answers in chat with text and images.');
    expect(line('No output')).toContain('Gives nothing back.');
    expect(lines).toHaveLength(server.recipes.length);
  });

  it('gives all it knows as JSON, also of a server that is away', async () => {
    const recipes = await omnitray('recipes', 'chat-only', '--json');
    expect(JSON.parse(recipes)).toMatchObject([
      { name: 'Chat-only answer', mine: false, shape: { takes: ['text'], warnings: ['chat-only'] }, favourite: false },
    ]);
    await server.close();
    expect(await omnitray('recipes', 'chat-only', '--json')).toBe(recipes);
  });
});
