import { beforeEach, describe, expect, it } from 'vitest';
import { useCommand } from './set-up.ts';

const command = useCommand();
beforeEach(command.connect);

/** What a command prints as its result. */
const omnitray = async (...args: readonly string[]): Promise<string> => (await command.run(args)).out;

describe('omnitray recipes', () => {
  it('lists inputs, outputs and warnings of each', async () => {
    const lines = (await omnitray('recipes')).trimEnd().split('\n');
    const line = (name: string) => lines.find((each) => each.startsWith(name)) ?? '';
    expect(line('Thumbnail sheet')).toMatch(/^Thumbnail sheet {2,}Takes images\. Gives back text and images\.$/);
    expect(line('Chat-only')).toContain('Takes text. Answers in chat with text and images.');
    expect(line('No output')).toContain('Gives nothing back.');
    expect(lines).toHaveLength(command.server.recipes.length);
  });

  it('prints all as JSON, also if the server cannot be reached', async () => {
    const recipes = await omnitray('recipes', 'chat-only', '--json');
    expect(JSON.parse(recipes)).toMatchObject([
      { name: 'Chat-only answer', mine: false, shape: { takes: ['text'], warnings: ['chat-only'] }, favourite: false },
    ]);
    await command.server.close();
    expect(await omnitray('recipes', 'chat-only', '--json')).toBe(recipes);
  });
});
