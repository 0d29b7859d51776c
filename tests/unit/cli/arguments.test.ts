import { describe, expect, it } from 'vitest';
import { readArguments, UsageError } from '../../../electron/cli/arguments.ts';
import { findRecipe, recipesWith } from '../../../electron/cli/find-recipe.ts';
import { plain, table } from '../../../electron/cli/output.ts';
import type { RecipeView } from '../../../electron/contract/views.ts';

describe('readArguments', () => {
  it('reads a whole run', () => {
    const read = readArguments([
      'run',
      'Word count',
      'a.txt',
      'b.txt',
      '-m',
      'hello',
      '-o',
      'out',
      '--timeout',
      '5',
      '--json',
    ]);
    expect(read).toEqual({
      json: true,
      quiet: false,
      command: {
        name: 'run',
        recipe: 'Word count',
        files: ['a.txt', 'b.txt'],
        message: 'hello',
        each: false,
        sendAs: null,
        set: [],
        preset: null,
        savePreset: null,
        values: null,
        table: null,
        out: 'out',
        csv: null,
        timeoutMs: 5_000,
      },
    });
  });

  it('reads --each', () => {
    expect(readArguments(['run', 'x', '--each', 'a.txt', 'b.txt']).command).toMatchObject({
      each: true,
      files: ['a.txt', 'b.txt'],
    });
  });

  it('reads a table with its matches', () => {
    const options = ['--table', 'a.csv', '--match', 'size=width', '--match', 'folder=', '--skip-bad'];
    expect(readArguments(['run', 'x', ...options]).command).toMatchObject({
      table: { file: 'a.csv', match: ['size=width', 'folder='], skipBad: true, allowOutside: false },
    });
  });

  it('reads the decision about an unconfirmed run', () => {
    const settle = (...options: readonly string[]) => readArguments(['settle', 'x', ...options]).command;
    expect(settle()).toMatchObject({ decision: 'look', job: null });
    expect(settle('--take')).toMatchObject({ decision: 'take', job: null });
    expect(settle('--job', 'abc')).toMatchObject({ decision: 'take', job: 'abc' });
    expect(settle('--give-up', '--timeout', '2')).toMatchObject({ decision: 'give-up', timeoutMs: 2_000 });
  });

  it('refuses a value that is given twice', () => {
    expect(() => readArguments(['run', 'x', '-m', 'one', '--message=two'])).toThrow('--message can be given once');
    expect(() => readArguments(['run', 'x', '-o', 'a', '-o', 'b'])).toThrow(UsageError);
    expect(readArguments(['runs', '-q', '-q', '--json', '--json'])).toMatchObject({ quiet: true, json: true });
  });

  it('reads --as', () => {
    expect(readArguments(['run', 'x', '--as', 'documents', 'a.heic']).command).toMatchObject({ sendAs: 'documents' });
    expect(() => readArguments(['run', 'x', '--as', 'text', 'a.heic'])).toThrow(
      '--as needs one of images, audio, video, documents',
    );
  });

  it.each([[[]], [['help']], [['--help']], [['run', '-h']]])('gives help for %j', (argv) => {
    expect(readArguments(argv).command).toEqual({ name: 'help' });
  });

  it('gives the help of all commands, or of one', () => {
    expect(readArguments([]).help).toContain('Exit codes');
    expect(readArguments(['--json', 'run', '-h']).help).toMatch(/^Usage: omnitray run .*--each/s);
    expect(readArguments(['help', 'settle']).help).toMatch(/^Usage: omnitray settle .*--give-up/s);
  });

  it('does not take an option for a value', () => {
    expect(() => readArguments(['run', 'x', '-m', '--each', 'a.txt'])).toThrow('-m needs a value');
    expect(readArguments(['run', 'x', '--message=--each', '--', '-m', '-o']).command).toMatchObject({
      message: '--each',
      files: ['-m', '-o'],
    });
    expect(readArguments(['run', 'x', '-m', '-']).command).toMatchObject({ message: '-' });
  });

  it('reads options anywhere after the command, those of all commands also before it', () => {
    expect(readArguments(['-q', 'run', '--each', 'x', '-mhi', 'a.txt', '--json'])).toMatchObject({
      quiet: true,
      json: true,
      command: { recipe: 'x', files: ['a.txt'], message: 'hi', each: true },
    });
  });

  it.each([
    [['fly']],
    [['run']],
    [['connect']],
    [['connect', 'a', 'b']],
    [['runs', 'x']],
    [['show']],
    [['export', 'x']],
    [['export', 'x', 'y', 'z']],
    [['run', 'x', '--timeout', 'soon']],
    [['run', 'x', '--nope']],
    [['settle']],
    [['settle', 'x', '--take', '--give-up']],
    // Options of other commands are refused, not ignored.
    [['runs', '--out', '/x']],
    [['show', 'x', '--each']],
    [['recipes', '--message', 'x']],
    [['connect', 'x', '--timeout', '5']],
    [['run', 'x', '--insecure']],
    [['run', 'x', '--take']],
    [['export', 'x', 'y', '--out', 'z']],
    [['resume', '--each']],
    [['settle', 'x', '--message', 'y']],
  ])('refuses %j in words', (argv) => {
    expect(() => readArguments(argv)).toThrow(UsageError);
    expect(() => readArguments(argv)).toThrow(/^[A-Za-z-].{5,}/);
  });
});

const recipe = (id: string, name: string): RecipeView => ({
  id,
  name,
  description: '',
  author: '',
  tags: [],
  mine: true,
  updatedAt: null,
  picture: null,
  shape: null,
  favourite: false,
  usedAt: null,
});
const recipes = [
  recipe('1', 'Word count'),
  recipe('2', 'Word cloud'),
  recipe('3', 'Upscale'),
  recipe('4', 'Upscale photo'),
];

describe('findRecipe', () => {
  it.each([
    ['word COUNT', '1'],
    ['cloud', '2'],
    ['3', '3'],
    ['Upscale', '3'],
  ])('finds one recipe by %j', (wanted, id) => expect(findRecipe(recipes, wanted).id).toBe(id));

  it('never guesses', () => {
    expect(() => findRecipe(recipes, 'word')).toThrow(/Word count.*Word cloud/s);
    expect(() => findRecipe(recipes, 'paint')).toThrow(/no recipe "paint"/);
  });

  it('finds words in any order, with or without accents', () => {
    expect(recipesWith(recipes, ['photo', 'up']).map(({ id }) => id)).toEqual(['4']);
    expect(recipesWith([recipe('5', 'Résumé')], ['RESUME']).map(({ id }) => id)).toEqual(['5']);
  });
});

describe('output', () => {
  it('escapes control characters of a server', () => {
    expect(plain('a\u001b[2Jb\r\nc\td')).toBe('a\\x1b[2Jb\nc\td');
  });

  it('aligns columns', () => {
    expect(
      table([
        ['a', 'bb'],
        ['ccc', 'd'],
      ]),
    ).toBe('a    bb\nccc  d');
  });

  it('counts the columns that a terminal needs: two for CJK and emoji, none for a combining accent', () => {
    const rows = ['日本語.png', '👩‍👩‍👦.png', 'cafe\u0301.png', 'plain.png'].map((name) => [name, '|']);
    expect(table(rows).split('\n')).toEqual(['日本語.png  |', '👩‍👩‍👦.png      |', 'cafe\u0301.png    |', 'plain.png   |']);
  });

  it('counts an escape sequence as it is printed', () => {
    const row = (name: string) => [name, '|'];
    expect(table([row('a\u001b[2Jb'), row('12345678')])).toBe('a\\x1b[2Jb  |\n12345678   |');
  });
});
