import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../../electron/core/app/core.ts';
import { freeBytes } from '../../../electron/core/base/disk-space.ts';
import { storedName } from '../../../electron/core/base/artifact-file.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type Hop, startHop } from '../../faults/support/hop.ts';
import { fileRoute, giveFiles, RESULTS } from '../../support/file-results.ts';
import { quickClock } from '../../support/quick-clock.ts';
import { json } from '../../support/scripted-server.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';
import { handlersOf } from '../../support/test-handlers.ts';

const MIB = 1_048_576;
const TERABYTE = 2 ** 40;

let server: PracticeServer;
let hop: Hop;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

beforeEach(async () => {
  server = await startPracticeServer();
  hop = await startHop(server.origin, [RESULTS, fileRoute(0), fileRoute(1), fileRoute(2)]);
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

const small = { name: 'small.txt', content: 'small' };
const start = (): ReturnType<typeof startRecipe> => startRecipe(core, 'Word count', [], 'one two');
const artifactsOf = (id: string) => core.runs.result(id).artifacts;

describe('a file of a result that is larger than the setting', () => {
  it('of 100 TB is not started and is reported, and the other files are fetched', async () => {
    giveFiles(hop, [{ name: 'huge.bin', content: 'x', claimed: 100 * TERABYTE }, small]);
    const { id } = await start();
    await runReaches(core, id, 'succeeded');
    expect(artifactsOf(id)).toMatchObject([
      { name: 'huge.bin', problem: 'over-limit', mayComeAgain: true, url: null },
      { name: 'small.txt', problem: null, mayComeAgain: false },
    ]);
    expect(hop.askedFor(fileRoute(0))).toHaveLength(0);
  });

  it('is fetched once at the user’s request', async () => {
    core.settings.change({ largestFileBytes: MIB });
    giveFiles(hop, [{ name: 'large.bin', content: Buffer.alloc(2 * MIB, 'x') }]);
    const { id } = await start();
    await runReaches(core, id, 'succeeded');
    const call = handlersOf(core);
    const asked = { runId: id, position: 0 };
    await Promise.all(
      [call['results:fetch'](asked), call['results:fetch'](asked)].map((fetched) => Promise.resolve(fetched)),
    );
    expect(artifactsOf(id)).toMatchObject([{ problem: null, mayComeAgain: false, size: 2 * MIB }]);
    expect((await readFile(join(core.folderOf(id), storedName(0, 'large.bin')))).byteLength).toBe(2 * MIB);
    expect(hop.askedFor(fileRoute(0))).toHaveLength(1);
  });

  it('is fetched without a request when there is no limit', async () => {
    core.settings.change({ largestFileBytes: null });
    giveFiles(hop, [{ name: 'large.bin', content: Buffer.alloc(2 * MIB, 'x') }]);
    const { id } = await start();
    await runReaches(core, id, 'succeeded');
    expect(artifactsOf(id)).toMatchObject([{ problem: null }]);
  });

  it('keeps its problem while the server cannot give it, and is reported as gone when deleted there', async () => {
    core.settings.change({ largestFileBytes: MIB });
    giveFiles(hop, [{ name: 'large.bin', content: Buffer.alloc(2 * MIB, 'x') }]);
    const { id } = await start();
    await runReaches(core, id, 'succeeded');
    hop.on(fileRoute(0), json(500, {}), json(410, {}));
    const call = handlersOf(core);
    await expect(call['results:fetch']({ runId: id, position: 0 })).rejects.toMatchObject({ code: 'server-error' });
    expect(artifactsOf(id)).toMatchObject([{ problem: 'over-limit', mayComeAgain: true }]);
    await expect(call['results:fetch']({ runId: id, position: 0 })).rejects.toMatchObject({ code: 'gone' });
    expect(artifactsOf(id)).toMatchObject([{ problem: 'gone', mayComeAgain: false }]);
    await expect(call['results:fetch']({ runId: id, position: 0 })).rejects.toMatchObject({ code: 'artifact-gone' });
  });
});

describe('a disk without room for a file', () => {
  /** Leaves this much of the disk that may be written, in bytes. Others write to it as well, so by and large. */
  const leave = async (bytes: number): Promise<void> =>
    void core.settings.change({ reserveBytes: Math.floor((await freeBytes(home.folder)) - bytes) });

  it('holds the run and shows how much is missing; smaller files and other runs continue; it is fetched later', async () => {
    await leave(-TERABYTE / 1_024);
    giveFiles(hop, [small]);
    const { id } = await start();
    await expect.poll(() => core.runs.get(id).reason, { timeout: 15_000 }).toBe('disk-full');
    const { state, reasonDetail } = core.runs.get(id);
    expect(state).toBe('collecting');
    expect(Number(reasonDetail)).toBeGreaterThan(0.5 * 2 ** 30);
    expect(hop.askedFor(fileRoute(0))).toHaveLength(0);
    expect(await readdir(core.folderOf(id))).toEqual([]);
    core.settings.change({ reserveBytes: 0 });
    await runReaches(core, id, 'succeeded');
    expect(artifactsOf(id)).toMatchObject([{ problem: null }]);
    expect(logger.errors).toEqual([]);
  });

  it('does not stop a smaller file of the same result', async () => {
    core.settings.change({ largestFileBytes: null });
    giveFiles(hop, [{ name: 'huge.bin', content: 'x', claimed: 100 * TERABYTE }, small]);
    const { id } = await start();
    await expect.poll(() => core.runs.get(id).reason, { timeout: 15_000 }).toBe('disk-full');
    expect(artifactsOf(id)).toMatchObject([{ name: 'small.txt', problem: null }]);
    expect(core.runs.get(id).state).toBe('collecting');
  });
});
