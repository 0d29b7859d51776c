import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { useCommand } from './set-up.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

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

  it('tells of a recipe that no list holds by its id or its address, and keeps it', async () => {
    const id = RECIPE.chatMessages;
    expect(await omnitray('recipes')).not.toContain('Chat in several messages');
    const [told] = JSON.parse(await omnitray('recipes', id, '--json')) as readonly unknown[];
    expect(told).toMatchObject({ id, name: 'Chat in several messages', shape: { takes: ['text'] } });
    expect(await omnitray('recipes', `${command.server.origin}/?recipe=${id}`)).toContain('Chat in several messages');
    expect(await omnitray('recipes')).toContain('Chat in several messages');
  });

  it('says of an unknown id that the server has no such recipe', async () => {
    const { code, err } = await command.run(['recipes', UNKNOWN]);
    expect([code, err]).toEqual([2, expect.stringContaining(`The server has no recipe with the id ${UNKNOWN}`)]);
  });
});

describe('omnitray run', () => {
  it('runs a recipe that no list holds by its id', async () => {
    const { code, out } = await command.run(['run', RECIPE.chatMessages, '--message', 'good morning']);
    expect(code).toBe(0);
    expect(out).toContain('good morning');
  });

  it('saves the files that an answer only links to, and the one that is only in the File Manager', async () => {
    const folder = join(command.home, 'out');
    const linked = await command.run(['run', 'Illustrated page', '--message', 'a harbour', '--out', folder]);
    expect(linked).toMatchObject({ code: 0, out: expect.stringContaining('# a harbour') as string });
    const stored = await command.run(['run', 'Web page', '--message', 'a harbour', '--out', folder]);
    expect(stored).toMatchObject({ code: 0, out: expect.stringContaining('page.html') as string });
    expect((await readdir(folder)).sort()).toEqual(['full size.png', 'page.html', 'page.markdown', 'small.png']);
  });

  it('says of an unknown id that the server has no such recipe', async () => {
    const { code, err } = await command.run(['run', UNKNOWN, '--message', 'x']);
    expect([code, err]).toEqual([2, expect.stringContaining(`The server has no recipe with the id ${UNKNOWN}`)]);
  });
});
