import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPracticeServer } from '../../../electron/practice/server.ts';
import type { PracticeServer } from '../../../electron/practice/server.ts';

const root = join(import.meta.dirname, '../../..');
const sample = (name: string): string => join(root, 'resources/samples', name);

let server: PracticeServer;
let home: string;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as a person runs it: a process of its own. */
const start = (args: readonly string[], env: Record<string, string> = {}): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [join(root, 'electron/cli.ts'), ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      OMNITRAY_HOME: join(home, 'omnitray'),
      OMNITRAY_TOKEN: server.token,
      ...env,
    },
  });

const exitOf = (child: ChildProcessWithoutNullStreams): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', resolve));

/** Runs a command to its end; `input` is its standard input. */
async function omnitray(args: readonly string[], env: Record<string, string> = {}, input = ''): Promise<Ended> {
  const child = start(args, env);
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)]);
  return { code, out, err };
}

const connect = (): Promise<Ended> => omnitray(['connect', server.origin]);

beforeAll(async () => {
  server = await startPracticeServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'omnitray-cli-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('omnitray', () => {
  it('says how it is used', async () => {
    const { code, out } = await omnitray(['--help']);
    expect(code).toBe(0);
    for (const word of ['connect', 'recipes', 'run', 'runs', 'show', 'resume', 'Exit codes', 'Examples'])
      expect(out).toContain(word);
  });

  it('does the main job: connect, list, run two real files, show', async () => {
    expect(await connect()).toMatchObject({ code: 0, out: '' });
    const listed = await omnitray(['recipes', 'word']);
    expect(listed.out).toContain('Word count');
    const outputs = join(home, 'pictures');
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

  it('prints only the result on standard output', async () => {
    await connect();
    const { out, code } = await omnitray(['run', 'Word count', '-m', 'one two three', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ objects: [{ words: 3 }] });
  });

  it('reads a token and a message from standard input', async () => {
    const connected = await omnitray(['connect', server.origin], { OMNITRAY_TOKEN: '' }, 'not a token');
    expect(connected.code).toBe(3);
    await connect();
    const { out } = await omnitray(['run', 'Word count', '-m', '-'], {}, 'four words in here');
    expect(out).toContain('4 words');
  });

  it('writes the token nowhere', async () => {
    await connect();
    await omnitray(['run', 'Word count', '-m', 'one']);
    const files = await readdir(home, { recursive: true, withFileTypes: true });
    const written = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    expect(written.length).toBeGreaterThan(1);
    for (const file of written) expect((await readFile(file)).includes(server.token), file).toBe(false);
  });
});

describe('run --each', () => {
  it('gives each file its own run, and prints the results in the order of the files', async () => {
    await connect();
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

  it('is a list with --json also for one run, and ends as badly as the worst of its runs', async () => {
    await connect();
    const ran = await omnitray(['run', 'Missing block', '--each', '-m', 'x', '--json']);
    expect(ran).toMatchObject({ code: 1 });
    expect(JSON.parse(ran.out)).toMatchObject([{ run: { state: 'failed' } }]);
  });

  it('copies the files of all of them into one folder, over none', async () => {
    await connect();
    const outputs = join(home, 'pictures');
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

describe('exit codes', () => {
  it.each([
    ['a failing recipe', ['run', 'Fails half-way', '-m', 'x'], 1, /failure|failed/i],
    ['a recipe without output', ['run', 'No output', '-m', 'x'], 5, /nothing came back/i],
    ['an unknown recipe', ['run', 'Paint the moon'], 2, /no recipe "Paint the moon"/],
    ['several recipes', ['run', 'fails'], 2, /Several recipes fit/],
    ['a file that is not there', ['run', 'Echo', 'nowhere.txt'], 2, /nowhere\.txt/],
    ['a folder', ['run', 'Echo', tmpdir()], 2, /folder/i],
    ['nothing to send', ['run', 'Word count'], 2, /./],
    ['an unknown command', ['fly'], 2, /no command "fly"/],
    ['an unknown run', ['show', 'ffff'], 2, /No run begins/],
  ])('tell %s apart', async (_what, args, code, words) => {
    await connect();
    const ended = await omnitray(args);
    expect(ended).toMatchObject({ code });
    expect(ended.err).toMatch(words);
    expect(ended.err).not.toMatch(/Error|undefined|\bat .*\.ts:/);
  });

  it.each([
    ['not connected', ['run', 'Echo', '-m', 'x'], {}, 3, /connect/i],
    ['a dead server', ['connect', '127.0.0.1:9'], {}, 4, /answer|reach/i],
    ['plain http to another machine', ['connect', 'http://192.0.2.1:1688'], {}, 2, /./],
    ['no address', ['connect', 'ftp://x'], {}, 2, /address/i],
  ])('tell %s', async (_what, args, env, code, words) => {
    const ended = await omnitray(args, env);
    expect(ended).toMatchObject({ code, out: '' });
    expect(ended.err).toMatch(words);
  });

  it('tell a token that ended, and one of another server', async () => {
    const ended = await omnitray(['connect', server.origin], {
      OMNITRAY_TOKEN: server.mintToken({ lifetimeSeconds: -5 }),
    });
    expect(ended).toMatchObject({ code: 3 });
    const other = await startPracticeServer();
    const foreign = await omnitray(['connect', server.origin], { OMNITRAY_TOKEN: other.token });
    await other.close();
    expect(foreign).toMatchObject({ code: 3 });
  });
});

describe('what is kept', () => {
  it('can be read by nobody else on the machine', async () => {
    await connect();
    await omnitray(['run', 'thumbnail', sample('hills.png')]);
    const folder = join(home, 'omnitray');
    const mode = async (...names: string[]): Promise<number> => (await stat(join(folder, ...names))).mode & 0o077;
    expect(await mode()).toBe(0);
    expect(await mode('omnitray.db')).toBe(0);
    expect(await mode('results')).toBe(0);
  });
});

describe('--json', () => {
  it.each([
    ['the command', ['run', 'Paint the moon', '--json'], 2, 'usage'],
    ['the server', ['connect', '127.0.0.1:9', '--json'], 4, 'unreachable'],
  ])('is one JSON value too when something is wrong with %s', async (_what, args, code, reason) => {
    await connect();
    const ended = await omnitray(args);
    expect(ended).toMatchObject({ code });
    expect(JSON.parse(ended.out)).toMatchObject({ error: { code: reason } });
  });
});

describe('a folder that cannot be made', () => {
  it('is said before anything is sent', async () => {
    await connect();
    const ended = await omnitray(['run', 'Word count', '-m', 'one', '--out', join(sample('hills.png'), 'sub')]);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect((await omnitray(['runs'])).err).toContain('No runs yet');
  });
});

describe('a reader that goes away', () => {
  it('is no failure, and the run goes on to its end', async () => {
    await connect();
    const child = start(['run', 'Slow steps', '-m', 'steps=3 delay=200']);
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await exitOf(child)).toBe(0);
    expect((await omnitray(['runs'])).out).toMatch(/Done\s+Slow steps/);
  });
});

describe('a command that was cut short', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s says how the run goes on', async (signal) => {
    await connect();
    const child = start(['run', 'Slow steps', '-m', 'steps=4 delay=250']);
    const out = text(child.stdout);
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (words: string) => {
      err += words;
      if (words.includes('Running')) child.kill(signal);
    });
    expect(await exitOf(child)).toBe(130);
    expect(err).toContain('omnitray resume');
    expect(await out).toBe('');
    expect(await omnitray(['resume'])).toMatchObject({ code: 0 });
  });

  it('is gone on with by resume', async () => {
    await connect();
    const cut = await omnitray(['run', 'Slow steps', '-m', 'steps=8 delay=250', '--timeout', '0.5']);
    expect(cut).toMatchObject({ code: 1 });
    expect(cut.err).toContain('omnitray resume');
    const resumed = await omnitray(['resume']);
    expect(resumed).toMatchObject({ code: 0 });
    expect((await omnitray(['runs'])).out).toMatch(/Done\s+Slow steps/);
  });
});
