import { existsSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCommand, SOURCES } from '../../support/command.ts';
import { needs } from '../../support/needs.ts';
import { sample, useCommand } from './set-up.ts';

const command = useCommand();
const omnitray = command.run;

describe('omnitray', () => {
  it('prints its usage', async () => {
    const { code, out } = await omnitray(['--help']);
    expect(code).toBe(0);
    for (const word of ['connect', 'recipes', 'run', 'runs', 'show', 'export', 'resume', 'Exit codes', 'Examples'])
      expect(out).toContain(word);
  });

  it('does the main job: connect, list, run two real files, show', async () => {
    expect(await command.connect()).toMatchObject({ code: 0, out: '' });
    const listed = await omnitray(['recipes', 'word']);
    expect(listed.out).toContain('Word count');
    const outputs = join(command.home, 'pictures');
    const ran = await omnitray(['run', 'thumbnail', sample('hills.png'), sample('harbour.png'), '--out', outputs]);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.out).toContain('2 pictures');
    expect(ran.err).toContain('Done.');
    const [picture] = await readdir(outputs);
    expect((await readFile(join(outputs, picture ?? ''))).subarray(1, 4).toString()).toBe('PNG');
    const runs = await omnitray(['runs']);
    expect(runs.out).toMatch(/Done\s+Thumbnail sheet/);
    const shown = await omnitray(['show', runs.out.slice(0, 8), '--json']);
    expect(JSON.parse(shown.out)).toMatchObject({ run: { state: 'succeeded' }, artifacts: [{ kind: 'image' }] });
  });

  it('exports a run as a folder', async () => {
    await command.connect();
    const ran = await omnitray(['run', 'Word count', '-m', 'one two three', '--json']);
    const { run } = JSON.parse(ran.out) as { readonly run: { readonly id: string } };
    const exported = await omnitray(['export', run.id.slice(0, 8), join(command.home, 'new', 'folder')]);
    expect(exported).toMatchObject({ code: 0, err: '' });
    expect(await readFile(join(exported.out.trim(), 'inputs/message.txt'), 'utf8')).toBe('one two three');
  });

  it('prints only the result on standard output', async () => {
    await command.connect();
    const { out, code } = await omnitray(['run', 'Word count', '-m', 'one two three', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ objects: [{ words: 3 }] });
  });

  it('reads a token and a message from standard input', async () => {
    const connected = await omnitray(['connect', command.server.origin], { OMNITRAY_TOKEN: '' }, 'not a token');
    expect(connected.code).toBe(3);
    await command.connect();
    const { out } = await omnitray(['run', 'Word count', '-m', '-'], {}, 'four words in here');
    expect(out).toContain('4 words');
  });

  it('sends a long message from standard input unchanged', async () => {
    await command.connect();
    // More than one chunk, and letters of two and three bytes: most borders lie within one.
    const message = 'é漢'.repeat(60_000);
    const { out } = await omnitray(['run', 'Echo', '-m', '-'], {}, message);
    expect(out.trimEnd() === message).toBe(true);
  });

  it('refuses standard input that is not UTF-8', async () => {
    await command.connect();
    const binary = await omnitray(['run', 'Echo', '-m', '-'], {}, Buffer.from([0x68, 0xff, 0xfe, 0x69]));
    expect(binary).toMatchObject({ code: 2, out: '', err: expect.stringContaining('not text in UTF-8') as string });
    const endless = await omnitray(['run', 'Echo', '-m', '-'], {}, Buffer.alloc(33_554_433, 0x61));
    expect(endless).toMatchObject({ code: 2, out: '', err: expect.stringContaining('32 MiB') as string });
    expect((await omnitray(['runs'])).err).toContain('No runs yet');
  });

  it('writes the token nowhere', async () => {
    await command.connect();
    await omnitray(['run', 'Word count', '-m', 'one']);
    const files = await readdir(command.home, { recursive: true, withFileTypes: true });
    const written = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    expect(written.length).toBeGreaterThan(1);
    for (const file of written) expect((await readFile(file)).includes(command.server.token), file).toBe(false);
  });
});

describe('run --each', () => {
  it('gives each file its own run, and prints the results in the order of the files', async () => {
    await command.connect();
    const ran = await omnitray([
      'run',
      'Image to grey',
      '--each',
      sample('hills.png'),
      sample('harbour.png'),
      '--json',
    ]);
    expect(ran).toMatchObject({ code: 0 });
    expect(JSON.parse(ran.out)).toMatchObject([
      { run: { state: 'succeeded', inputs: [{ name: 'hills.png' }] }, files: [expect.stringContaining('.png')] },
      { run: { state: 'succeeded', inputs: [{ name: 'harbour.png' }] } },
    ]);
    expect(ran.err).toContain('harbour.png: Done.');
    expect((await omnitray(['runs'])).out.trim().split('\n')).toHaveLength(2);
  });

  it('prints a list with --json also for one run, and exits with the code of the worst', async () => {
    await command.connect();
    const ran = await omnitray(['run', 'Missing block', '--each', '-m', 'x', '--json']);
    expect(ran).toMatchObject({ code: 1 });
    expect(JSON.parse(ran.out)).toMatchObject([{ run: { state: 'failed' } }]);
  });

  it('copies the files of all runs into one folder without overwriting', async () => {
    await command.connect();
    const outputs = join(command.home, 'pictures');
    const ran = await omnitray([
      'run',
      'Image to grey',
      '--each',
      sample('hills.png'),
      sample('harbour.png'),
      '-o',
      outputs,
    ]);
    expect(ran).toMatchObject({ code: 0 });
    expect(await readdir(outputs)).toHaveLength(2);
    expect(ran.out.match(/1 picture made grey/g)).toHaveLength(2);
  });
});

describe('stored data', () => {
  it('can be read by its owner only', async () => {
    await command.connect();
    await omnitray(['run', 'thumbnail', sample('hills.png')]);
    const folder = join(command.home, 'omnitray');
    const mode = async (...names: string[]): Promise<number> => (await stat(join(folder, ...names))).mode & 0o077;
    expect(await mode()).toBe(0);
    expect(await mode('omnitray.db')).toBe(0);
    expect(await mode('results')).toBe(0);
  });
});

describe('--json', () => {
  it('prints no address that only the window can load', async () => {
    await command.connect();
    const ran = await omnitray(['run', 'Image to grey', sample('hills.png'), '--json']);
    const { run } = JSON.parse(ran.out) as { readonly run: { readonly id: string } };
    const printed = [ran, await omnitray(['runs', '--json']), await omnitray(['show', run.id, '--json'])];
    printed.push(await omnitray(['recipes', '--json']));
    for (const { code, out } of printed) {
      expect(code).toBe(0);
      expect(out).toContain('"id"');
      expect(out).not.toMatch(/omnitray-\w+:/);
    }
  });

  it.each([
    ['the command', ['run', 'Paint the moon', '--json'], 2, 'usage'],
    ['the server', ['connect', '127.0.0.1:9', '--json'], 4, 'unreachable'],
  ])('is one JSON value too when something is wrong with %s', async (_what, args, code, reason) => {
    await command.connect();
    const ended = await omnitray(args);
    expect(ended).toMatchObject({ code });
    expect(JSON.parse(ended.out)).toMatchObject({ error: { code: reason } });
  });
});

describe('output to a file', () => {
  needs(existsSync('/dev/full') ? null : 'There is no /dev/full on this system.');

  it('is reported as incomplete when the disk is full', async () => {
    const full = await openCommand(['sh', '-c', 'exec "$0" "$@" > /dev/full', process.execPath, SOURCES]);
    try {
      await full.connect();
      const { err, code } = await full.run(['recipes']);
      expect({ err, code }).toEqual({ err: expect.stringContaining('The disk is full.') as string, code: 6 });
      expect(err).not.toContain('    at ');
    } finally {
      await full.remove();
    }
  });
});
