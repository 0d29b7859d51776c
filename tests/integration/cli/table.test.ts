import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { useCommand } from './set-up.ts';

const command = useCommand({ showAll: true });
beforeEach(command.connect);

const file = async (name: string, text: string): Promise<string> => {
  await writeFile(join(command.home, name), text);
  return join(command.home, name);
};
const runTable = async (text: string, ...args: readonly string[]) =>
  command.run(['run', RECIPE.everyField, '--table', await file('rows.csv', text), ...args]);

/** What each run was given, in the order of the rows. */
const givenIn = (out: string): readonly unknown[] =>
  (JSON.parse(out) as readonly { readonly objects: readonly unknown[] }[]).map(({ objects }) => objects[0]);

describe('omnitray run --table', () => {
  it('runs each row, with the other values of the command, and prints a list', async () => {
    const { code, out, err } = await runTable(
      'Word,n,folder\na,2,x\nb,,y\n',
      '--set',
      'n=4',
      '--set',
      'note=all',
      '--json',
    );
    expect(givenIn(out)).toMatchObject([
      { word: 'a', n: '2', note: 'all' },
      { word: 'b', n: '4', note: 'all' },
    ]);
    expect(err).toContain('Column folder is not used.');
    expect(code).toBe(0);
  });

  it('prints the answers one after the other', async () => {
    const { code, out } = await command.run([
      ...['run', 'Letter', '--table', await file('rows.csv', 'to;topic\nAda;The sea\nBen;The wood\n')],
    ]);
    expect(out.indexOf('Ada')).toBeLessThan(out.indexOf('Ben'));
    expect(out).toContain('The wood');
    expect(code).toBe(0);
  });

  it('refuses bad cells with their row and column, before anything is sent', async () => {
    const { code, err } = await runTable('word,n\na,2\nb,3px\nc,9000\n');
    expect(code).toBe(2);
    expect(err).toContain(
      'Nothing was sent.\nRow 2, n: "3px". Use a number. 3 can be sent.\nRow 3, n: "9000". Use 10 or less.',
    );
    expect((await command.run(['runs', '--json'])).out.trim()).toBe('[]');
  });

  it('names the first twenty, and how many more there are', async () => {
    const { err } = await runTable(`word,n\n${'a,x\n'.repeat(25)}`);
    expect(err).toContain('Row 20, n');
    expect(err).not.toContain('Row 21, n');
    expect(err).toContain('and 5 more');
  });

  it('runs the other rows when told so, and says which it leaves out', async () => {
    const { code, out, err } = await runTable('word,n\na,2\nb,x\n', '--skip-bad', '--json');
    expect(givenIn(out)).toMatchObject([{ word: 'a' }]);
    expect(err).toContain('Row 2, n: "x". Use a number.\n1 row is left out.');
    expect(code).toBe(0);
    expect(await runTable('word,n\nb,x\n', '--skip-bad')).toMatchObject({ code: 2 });
  });

  it('matches columns as told', async () => {
    const { out } = await runTable('name,word\na,b\n', '--match', 'name=Word', '--json');
    expect(givenIn(out)).toMatchObject([{ word: 'a' }]);
    const { code, err } = await runTable('name\na\n');
    expect(err).toContain('has the name of an input. Its first line names name.');
    expect(code).toBe(2);
    expect((await runTable('name\na\n', '--match', 'other=word')).err).toContain('has no column "other". It has name');
  });

  it('sends files beside the table, and others only when they are allowed', async () => {
    await file('a.txt', 'words');
    const text = `word,papers\nx,a.txt\ny,../${command.home.split('/').at(-1) ?? ''}/a.txt\n`;
    expect(givenIn((await runTable(text, '--json')).out)).toMatchObject([
      { papers: [{ fileName: 'a.txt' }] },
      { papers: [{ fileName: 'a.txt' }] },
    ]);
    await mkdir(join(command.home, 'sub'));
    const table = await file(join('sub', 'rows.csv'), 'word,papers\nx,../a.txt\n');
    const refused = await command.run(['run', RECIPE.everyField, '--table', table]);
    expect(refused.err).toContain(
      `1 file is outside of the folder of the table:\n${join(command.home, 'a.txt')}\n--allow-outside`,
    );
    expect(refused.code).toBe(2);
    const { out } = await command.run([...['run', RECIPE.everyField, '--table', table, '--allow-outside', '--json']]);
    expect(givenIn(out)).toMatchObject([{ papers: [{ fileName: 'a.txt' }] }]);
  });

  it.each([
    [['--skip-bad'], '--match, --skip-bad and --allow-outside need --table'],
    [['--table', 'a.csv', '--each'], '--table makes a run for each row, so --each has no use'],
    [['--table', '/no/such.csv'], 'such.csv is no longer where it was.'],
  ])('refuses %j', async (args, words) => {
    const { code, err } = await command.run(['run', RECIPE.everyField, ...args]);
    expect(err).toContain(words);
    expect(code).toBe(2);
  });
});
