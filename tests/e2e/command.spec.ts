import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { type Command, openCommand } from '../support/command.ts';
import { UNTIL_FINISHED } from '../support/test-core.ts';

const BUILT = join(import.meta.dirname, '../../out/main/cli.js');
const NEEDED_MAJOR = 24;
/** This Node, which says that it is one that the README asks for. */
const PRETENDING = [
  process.execPath,
  '--import',
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.19.0"}})',
];

/** The Nodes to start the command on: this one, one that reports an old version, and the system's if that is old. */
const NODES: readonly (readonly [name: string, node: readonly string[]])[] = [
  ['this Node', [process.execPath]],
  ['a Node that says 20.19', PRETENDING],
  ...oldNodesOf(process.env.PATH ?? '').map((path) => [`the old Node at ${path}`, [path]] as const),
];

function oldNodesOf(path: string): readonly string[] {
  const majors = path.split(delimiter).flatMap((folder) => {
    const file = join(folder, 'node');
    try {
      return [{ file, major: Number(/^v(\d+)/.exec(execFileSync(file, ['--version'], { encoding: 'utf8' }))?.[1]) }];
    } catch {
      return [];
    }
  });
  return majors.flatMap(({ file, major }) => (major >= 18 && major < NEEDED_MAJOR ? [file] : [])).slice(0, 1);
}

for (const [name, node] of NODES)
  test.describe(`the built command on ${name}`, () => {
    let command: Command;
    test.beforeEach(async () => {
      command = await openCommand([...node, BUILT]);
    });
    test.afterEach(() => command.remove());

    test('prints its usage and its version', async () => {
      const help = await command.run(['--help']);
      expect(help).toMatchObject({ code: 0, err: '' });
      expect(help.out).toContain('Usage');
      expect((await command.run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    });

    test('works through pipes and passes on exit codes', async () => {
      expect(await command.run(['--what'])).toMatchObject({ code: 2 });
      expect(await command.run(['recipes'])).toMatchObject({ code: 3, out: '' });
      expect(await command.connect()).toMatchObject({ code: 0 });
      const ran = await command.run(['run', 'Word count', '-m', '-', '--json'], {}, 'four words in here');
      expect(ran).toMatchObject({ code: 0 });
      expect(JSON.parse(ran.out)).toMatchObject({ objects: [{ words: 4 }] });
    });

    test('passes on SIGINT and SIGTERM and ends with the exit code of the program', async () => {
      await command.connect();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        const child = command.start(['run', 'Slow steps', '-m', UNTIL_FINISHED]);
        const ended = once(child, 'exit');
        const said = text(child.stderr);
        await running(child);
        child.kill(signal);
        expect(await ended).toEqual([130, null]);
        expect(await said).toContain('omnitray resume');
      }
    });

    test('ends by a signal when the program ends by one', async () => {
      await command.connect();
      const child = command.start(['run', 'Slow steps', '-m', UNTIL_FINISHED]);
      const ended = once(child, 'exit');
      await running(child);
      child.kill('SIGQUIT');
      expect(await ended).toEqual([null, 'SIGQUIT']);
    });
  });

/** Waits until the command says that its job runs. */
async function running({ stderr }: ReturnType<Command['start']>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let said = '';
  stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.includes('Running')) resolve(undefined);
  });
  await promise;
}

test('names the Node version it needs in one line when Node is too old', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'omnitray-alone-'));
  try {
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    // Alone: that nothing of the program is loaded before the version is known shows here too.
    await copyFile(BUILT, join(folder, 'cli.js'));
    const command = await openCommand([...PRETENDING, join(folder, 'cli.js')]);
    const said = await command.run(['--help']);
    await command.remove();
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toMatch(/^OmniTray needs Node\.js 24 or later, and this is 20\.19\.0\. .*npm ci.*\n$/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
