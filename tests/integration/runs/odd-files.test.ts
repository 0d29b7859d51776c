import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../../electron/core/app/core.ts';
import { exportRun } from '../../../electron/core/export/export.ts';
import { artifactPath } from '../../../electron/core/model/artifact-path.ts';
import { saveAllArtifacts } from '../../../electron/core/export/saver.ts';
import { storedName } from '../../../electron/core/base/artifact-file.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type Hop, startHop } from '../../faults/support/hop.ts';
import { fileRoute, giveFiles, RESULTS } from '../../support/file-results.ts';
import { oddNames } from '../../support/odd-names.ts';
import { quickClock } from '../../support/quick-clock.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';

let server: PracticeServer;
let hop: Hop;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

beforeEach(async () => {
  server = await startPracticeServer();
  hop = await startHop(server.origin, [RESULTS, ...Array.from({ length: 100 }, (_, index) => fileRoute(index))]);
  home = await makeHome();
  logger.errors.length = 0;
  core = openCore(home, { logger, clock: quickClock });
  await connectTo(core, hop.origin, server.token);
});

afterEach(async () => {
  core.close();
  await hop.close();
  await server.close();
  await home.remove();
});

/** Every file of a run that is here, by its content. */
async function contentsOf(id: string): Promise<readonly string[]> {
  const paths = core.results.artifacts(id).map((artifact) => artifactPath(core.folderOf(id), artifact) ?? '');
  return Promise.all(paths.map((path) => readFile(path, 'utf8')));
}

describe('a result whose files have odd names', () => {
  it('of 83 CJK letters is fetched whole, and so are its other files', async () => {
    giveFiles(hop, [
      { name: `${'漢'.repeat(83)}.png`, content: 'long' },
      { name: 'plain.txt', content: 'plain' },
    ]);
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    expect(await runReaches(core, id, 'succeeded')).toMatchObject({ reason: null, gave: { files: 2 } });
    expect(await contentsOf(id)).toEqual(['long', 'plain']);
    expect(logger.errors).toEqual([]);
  });

  it('is fetched, exported and saved whole, with any names', async () => {
    const files = oddNames(100).map((name, index) => ({ name, content: `file ${index}` }));
    giveFiles(hop, files);
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    await runReaches(core, id, 'succeeded');
    expect(await contentsOf(id)).toEqual(files.map(({ content }) => content));
    const [target, saved] = [join(home.folder, 'exports'), join(home.folder, 'saved')];
    for (const folder of [target, saved]) await mkdir(folder);
    const source = { run: core.runs.get(id), result: core.results.find(id), folder: core.folderOf(id) };
    const exported = await exportRun(source, target);
    expect(exported.failed).toEqual([]);
    expect(await readdir(join(exported.folder, 'outputs'))).toHaveLength(files.length);
    expect(await saveAllArtifacts(core.folderOf(id), core.results.artifacts(id), saved)).toHaveLength(files.length);
    expect(await readdir(saved)).toHaveLength(files.length);
  });
});

describe('a path that cannot take a file of a result', () => {
  it('because a folder has that name gives that file a problem, and the others come', async () => {
    giveFiles(hop, [
      { name: 'a.txt', content: 'a' },
      { name: 'b.txt', content: 'b' },
    ]);
    core.settings.change({ paused: true });
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    await mkdir(join(core.folderOf(id), storedName(0, 'a.txt'), 'a folder'), { recursive: true });
    core.settings.change({ paused: false });
    await runReaches(core, id, 'succeeded');
    expect(core.runs.result(id).artifacts).toMatchObject([
      { name: 'a.txt', problem: 'disk-in-the-way', url: null },
      { name: 'b.txt', problem: null },
    ]);
    expect(logger.errors).toEqual([]);
  });

  it('because its folder is a file gives each file a problem, and the result ends', async () => {
    giveFiles(hop, [{ name: 'a.txt', content: 'a' }]);
    core.settings.change({ paused: true });
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    await mkdir(join(home.folder, 'results'), { recursive: true });
    await writeFile(core.folderOf(id), 'no folder');
    core.settings.change({ paused: false });
    await runReaches(core, id, 'succeeded');
    expect(core.runs.result(id).artifacts).toMatchObject([{ problem: 'disk-in-the-way' }]);
  });
});
