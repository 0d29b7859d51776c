import { isEnded } from '../../electron/contract/views.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startDraft } from '../../electron/core/app/start-runs.ts';
import { connectTo, makeHome, openCore } from '../support/test-core.ts';
import type { Server } from './server.ts';
import type { Table } from './table.ts';

const SIZES = [10, 1_000];
const MEBIBYTE = 1_048_576;

/** One drop, one run per file: what it takes until all are on the disk, and the longest time in which nothing else moved. */
export async function measureBatches(server: Server): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'omnitray-bench-'));
  try {
    const rows: string[][] = [];
    for (const size of SIZES) rows.push(await ofBatch(server, folder, size));
    return {
      title: 'A batch, one run per file',
      heads: ['files', 'drop to stored, ms', 'longest stall, ms', 'a run on average, ms', 'memory, MiB more'],
      rows,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ofBatch(server: Server, folder: string, size: number): Promise<string[]> {
  const paths = Array.from({ length: size }, (_, index) => join(folder, `${index}.txt`));
  await Promise.all(paths.map((path, index) => writeFile(path, `one two ${index}`)));
  const home = await makeHome();
  const core = openCore(home);
  const stalls = monitorEventLoopDelay({ resolution: 5 });
  try {
    await connectTo(core, server.origin, server.token);
    const recipe = core.catalogue.view.recipes.find(({ name }) => name === 'Word count');
    await core.catalogue.load(recipe?.id ?? '');
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    stalls.enable();
    const start = performance.now();
    core.draft.edit({ recipeId: recipe?.id ?? '', message: '', mode: 'each' });
    await core.draft.add({ paths });
    let left = size;
    const done = Promise.withResolvers<undefined>();
    core.runs.onChange(({ run }) => {
      if (run.endedAt !== null && (left -= 1) === 0) done.resolve(undefined);
    });
    const { runs } = await startDraft(core, 'app');
    const stored = performance.now() - start;
    await done.promise;
    const all = performance.now() - start;
    stalls.disable();
    if (!runs.every(({ id }) => isEnded(core.runs.get(id)))) throw new Error('A run did not end.');
    globalThis.gc?.();
    const grown = (process.memoryUsage().heapUsed - before) / MEBIBYTE;
    const cells = [stored, stalls.max / 1e6, all / size, grown];
    return [size.toLocaleString('en'), ...cells.map((cell) => cell.toFixed(1))];
  } finally {
    core.close();
    await home.remove();
  }
}
