import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { useCommand } from './set-up.ts';

const command = useCommand({ showAll: true });
beforeEach(command.connect);

const HILLS = join(import.meta.dirname, '../../../resources/samples/hills.png');
const HARBOUR = join(import.meta.dirname, '../../../resources/samples/harbour.png');

interface Printed {
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  readonly texts: readonly string[];
  readonly messages: readonly { readonly text: string }[];
  readonly files: readonly string[];
  readonly receipt: { readonly form: readonly { readonly key: string; readonly value: unknown }[] };
}

const printed = async (...args: readonly string[]): Promise<Printed> =>
  JSON.parse((await command.run(['run', ...args, '--json'])).out) as Printed;

/** What the recipe that repeats its inputs says that each of them was given. */
const givenBy = async (...args: readonly string[]): Promise<Printed['objects'][number]> =>
  (await printed(RECIPE.everyField, '--set', 'word=hi', ...args)).objects[0] ?? {};

const nameOf = (file: unknown): unknown => Reflect.get(Object(file), 'fileName');
const namesIn = (given: unknown): readonly unknown[] => (Array.isArray(given) ? given.map(nameOf) : []);

describe('omnitray run with a form', () => {
  it('sends all that the form shows, and nothing that the block keeps instead', async () => {
    expect(await givenBy()).toMatchObject({
      ...{ word: 'hi', long: 'from the schema', n: '3', yes: 'true', pick: '', either: 'a', note: 'from the schema' },
      ...{ _on: 'true', pic: [], drawing: [], papers: [], sample: [] },
    });
  });

  it('sends what was set, of every kind', async () => {
    const path = join(command.home, 'long.txt');
    await writeFile(path, 'Once upon a midnight\n');
    const set = ['n=7.5', 'yes=no', 'pick=B', 'either=b', 'note=', `long=@${path}`].flatMap((value) => [
      '--set',
      value,
    ]);
    expect(await givenBy(...set)).toMatchObject({
      ...{ n: '7.5', yes: 'false', pick: 'b', either: 'b', note: '', long: 'Once upon a midnight\n' },
    });
  });

  it('takes one value from standard input', async () => {
    const { out } = await command.run(
      ['run', RECIPE.everyField, '-s', 'word=hi', '-s', 'long=@-', '--json'],
      {},
      'From a pipe\n',
    );
    const { objects } = JSON.parse(out) as Printed;
    expect(objects[0]).toMatchObject({ long: 'From a pipe\n' });
    const twice = ['run', RECIPE.everyField, '-s', 'word=@-', '-s', 'long=@-'];
    const { code, err } = await command.run(twice, {}, 'words');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('can be read once') as string });
  });

  it('sends files to the fields that were named, and the others to the first field for their kind', async () => {
    const document = join(command.home, 'terms.txt');
    await writeFile(document, 'Terms');
    const given = await givenBy(HILLS, document, '--set', `drawing=@${HARBOUR}`, '--set', `papers=${document}`);
    expect(namesIn(given.pic)).toEqual(['hills.png']);
    expect(namesIn(given.drawing)).toEqual(['harbour.png']);
    expect(namesIn(given.papers)).toEqual(['terms.txt']);
  });

  it('keeps the values in the receipt, and finds the run by them', async () => {
    const { receipt } = await printed(RECIPE.everyField, '--set', 'word=raven', '--set', 'n=2');
    expect(receipt.form).toEqual(expect.arrayContaining([expect.objectContaining({ key: 'n', value: 2 })]));
    // The server would ignore it.
    expect(receipt.form.map(({ key }) => key)).not.toContain('lost');
    expect((await command.run(['runs'])).out).toContain('raven');
  });

  it.each([
    [['--set', 'n=11'], 'n: Use 10 or less. (number from 1 to 10)'],
    [['--set', 'word='], 'word: Fill it in.'],
    [['--set', 'pick=c'], 'pick takes a or b, not "c"'],
    [['--set', 'colour=red'], 'has no input "colour"'],
    [['--set', `pic=${HILLS}`, '--set', `pic=${HARBOUR}`], 'pic: It takes one file.'],
    [['--set', 'pic=/no/such/file.png'], 'There is no file "/no/such/file.png"'],
  ])('refuses %j before anything is sent', async (args, message) => {
    const { code, err } = await command.run(['run', RECIPE.everyField, '--set', 'word=hi', ...args]);
    expect(err).toContain(message);
    expect(code).toBe(2);
    expect((await command.run(['runs', '--json'])).out.trim()).toBe('[]');
  });

  it('takes one file for two fields', async () => {
    const { code, out } = await command.run([
      ...['run', RECIPE.everyField, '--json', '--set', 'word=hi'],
      ...['--set', `pic=${HILLS}`, '--set', `drawing=${HILLS}`],
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/pic[^]*hills\.png[^]*drawing[^]*hills\.png/);
  });
});

describe('the recipes with a form that do work', () => {
  it('Letter writes a letter', async () => {
    const { messages } = await printed('Letter', '--set', 'topic=The garden', '--set', 'To=Ada');
    expect(messages.map(({ text }) => text).join()).toMatch(/Ada[^]*The garden/);
  });

  it('Pattern draws a picture of the size that was set', async () => {
    const { files } = await printed('Pattern', '--set', 'width=40', '--set', 'height=24', '--set', 'colour=green');
    const png = await readFile(files[0] ?? '');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([40, 24]);
  });

  it('Cut out takes a picture and a mask', async () => {
    const { files } = await printed('Cut out', '--set', `picture=${HILLS}`, '--set', `mask=${HARBOUR}`);
    expect(files).toHaveLength(1);
  });

  it('Caption card takes one text for form and chat: the message, or what the form holds', async () => {
    const wordsOf = ({ messages }: Printed): string => messages.map(({ text }) => text).join(' ');
    expect(wordsOf(await printed('Caption card', '--set', 'text=one two three'))).toMatch(/\b3\b/);
    expect(wordsOf(await printed('Caption card', '-m', 'one two'))).toMatch(/\b2\b/);
  });
});

describe('omnitray recipes', () => {
  it('lists the inputs of the one recipe that was named, with a JSON Schema in JSON', async () => {
    const { out } = await command.run(['recipes', 'Pattern']);
    expect(out).toMatch(/^Pattern {2,}Takes a form\./);
    expect(out).toMatch(/ {2}width +Width: number from 16 to 512 +128/);
    expect(out).toMatch(/ {2}colour +Colour: blue, green or red/);
    const json = JSON.parse((await command.run(['recipes', 'Pattern', '--json'])).out) as readonly unknown[];
    expect(json).toMatchObject([{ inputs: { properties: { width: { minimum: 16, maximum: 512, default: 128 } } } }]);
  });
});
