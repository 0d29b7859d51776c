import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCommand } from '../../support/command.ts';
import type { Command } from '../../support/command.ts';

let command: Command;

/** What a command prints as its result. */
const omnitray = async (...args: readonly string[]): Promise<string> => (await command.run(args)).out;

beforeEach(async () => {
  command = await openCommand();
  await command.connect();
});
afterEach(() => command.remove());

describe('omnitray recipes', () => {
  it('lists inputs, outputs and warnings of each', async () => {
    const lines = (await omnitray('recipes')).trimEnd().split('\n');
    const line = (name: string) => lines.find((each) => each.startsWith(name)) ?? '';
    expect(line('Thumbnail sheet')).toMatch(/^Thumbnail sheet {2,}Takes images\. Gives back text and images\.$/);
    expect(line('Chat-only')).toContain('Takes text. Answers in chat with text and images.');
    expect(line('No output')).toContain('Gives nothing back.');
    expect(lines).toHaveLength(command.server.recipes.length);
  });

  it('gives all it knows as JSON, also of a server that is away', async () => {
    const recipes = await omnitray('recipes', 'chat-only', '--json');
    expect(JSON.parse(recipes)).toMatchObject([
      { name: 'Chat-only answer', mine: false, shape: { takes: ['text'], warnings: ['chat-only'] }, favourite: false },
    ]);
    await command.server.close();
    expect(await omnitray('recipes', 'chat-only', '--json')).toBe(recipes);
  });
});
