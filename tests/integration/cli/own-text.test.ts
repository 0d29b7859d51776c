import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CHAT_INPUT, graph, RECIPE_OUTPUT } from '../../../electron/practice/blocks/graph.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { useCommand } from './set-up.ts';

const command = useCommand();
const HILLS = join(import.meta.dirname, '../../../resources/samples/hills.png');

beforeEach(async () => {
  const nodes = graph([[CHAT_INPUT, { text: 'What can I cook\ntoday?' }], [RECIPE_OUTPUT]], [[1, 'text', 2, 'text']]);
  command.server.recipeBook.add(RECIPE.echo, { name: 'Cook', nodes });
  await command.connect();
});

describe('a recipe with a text of its own', () => {
  it('runs it when it is given none, and says so', async () => {
    const { code, out, err } = await command.run(['run', 'Cook']);
    expect({ code, out }).toEqual({ code: 0, out: 'What can I cook\ntoday?\n' });
    expect(err).toContain("Runs with the recipe's own text: What can I cook today?");
    expect(err).toContain('-m - sends it as the message');
  });

  it('is listed with its text', async () => {
    const { out } = await command.run(['recipes', 'Cook']);
    expect(out).toContain("Left empty, the recipe's own text runs: What can I cook today?");
  });

  it('runs the message in its place', async () => {
    const { out, err } = await command.run(['run', 'Cook', '-m', 'Soup']);
    expect(out).toBe('Soup\n');
    expect(err).not.toContain('own text');
  });
});

describe('what a recipe does not take', () => {
  it('ends the command where nothing is left to run', async () => {
    const { code, out, err } = await command.run(['run', 'Cook', HILLS]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Cook takes text, so there is nothing to send: not hills.png');
    const piped = await command.run(['run', 'Image to grey', '-m', '-'], {}, 'words');
    expect({ code: piped.code, out: piped.out }).toEqual({ code: 2, out: '' });
    expect((await command.run(['runs', '--json'])).out.trim()).toBe('[]');
  });

  it('is named on standard error and in the JSON, and the rest runs', async () => {
    const { code, out, err } = await command.run(['run', 'Cook', HILLS, '-m', 'Soup', '--json']);
    expect(code).toBe(0);
    expect(err).toContain('hills.png is left out: Cook takes text.');
    expect(JSON.parse(out)).toMatchObject({ texts: ['Soup'], notUsed: ['hills.png'] });
  });

  it('is an empty list in the JSON when all is used', async () => {
    expect(JSON.parse((await command.run(['run', 'Cook', '--json'])).out)).toMatchObject({ notUsed: [] });
  });
});
