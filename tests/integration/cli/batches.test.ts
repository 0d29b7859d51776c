import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sample, useCommand } from './set-up.ts';

const command = useCommand();
beforeEach(command.connect);

const HILLS = sample('hills.png');
const HARBOUR = sample('harbour.png');

describe('omnitray run --csv', () => {
  it('writes a line for each run, and does not overwrite the file of an earlier command', async () => {
    const csv = join(command.home, 'new', 'answers.csv');
    const first = await command.run(['run', 'Thumbnail sheet', '--each', HILLS, HARBOUR, '--csv', csv]);
    expect(first).toMatchObject({ code: 0 });
    const lines = (await readFile(csv, 'utf8')).split('\r\n');
    expect(lines[0]).toBe('\uFEFFFile,Answer,Files,State,Problem,Started,Seconds');
    expect(lines[1]).toMatch(
      /^hills\.png,1 picture on one sheet\.,contact sheet\.png,Done,,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,/,
    );
    expect(lines[2]).toMatch(/^harbour\.png,/);
    expect(lines).toHaveLength(4);
    const second = await command.run(['run', 'Word count', '--message', '=1+1', '--csv', csv]);
    expect(second.err).toContain('answers (2).csv');
    expect(await readFile(join(command.home, 'new', 'answers (2).csv'), 'utf8')).toContain("\r\n'=1+1,");
  });
});

describe('omnitray run --table --csv', () => {
  it('writes the values of each row and its answer', async () => {
    const table = join(command.home, 'people.csv');
    await writeFile(table, 'To,Topic\nAda,The engine\nGrace,"The bug, found"\n');
    const csv = join(command.home, 'letters.csv');
    expect(await command.run(['run', 'Letter', '--table', table, '--csv', csv])).toMatchObject({ code: 0 });
    const text = await readFile(csv, 'utf8');
    expect(text).toContain('\uFEFFTo,Topic,Tone,Answer,Files,State,Problem,Started,Seconds\r\n');
    expect(text).toMatch(/\r\nAda,The engine,formal,"[^"]*Ada[^"]*The engine[^"]*",,Done,/);
    expect(text).toContain('\r\nGrace,"The bug, found",formal,');
  });
});

describe('omnitray export --csv', () => {
  it('exports all runs that were started together, with a CSV that names their files', async () => {
    await command.run(['run', 'Thumbnail sheet', '--each', HILLS, HARBOUR]);
    const [run] = JSON.parse((await command.run(['runs', '--json'])).out) as readonly { readonly id: string }[];
    const made = await command.run(['export', run?.id ?? '', join(command.home, 'out'), '--csv']);
    expect(made).toMatchObject({ code: 0, err: '' });
    const folder = made.out.trim();
    expect((await readdir(folder)).sort()).toEqual(['1 hills', '2 harbour', 'Thumbnail sheet.csv']);
    expect(await readdir(join(folder, '2 harbour'))).toContain('receipt.json');
    expect(await readFile(join(folder, 'Thumbnail sheet.csv'), 'utf8')).toContain(
      'harbour.png,1 picture on one sheet.,2 harbour/outputs/contact sheet.png,Done',
    );
  });

  it('refuses a run that was started alone', async () => {
    await command.run(['run', 'Word count', '--message', 'a b']);
    const [run] = JSON.parse((await command.run(['runs', '--json'])).out) as readonly { readonly id: string }[];
    const { code, err } = await command.run(['export', run?.id ?? '', join(command.home, 'out'), '--csv']);
    expect(code).toBe(2);
    expect(err).toContain('This run was started alone.');
  });
});
