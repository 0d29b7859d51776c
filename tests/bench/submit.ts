import { connectTo, makeHome, openCore, runReaches, startRecipe } from '../support/test-core.ts';
import { PlainClient } from './plain-client.ts';
import type { Server } from './server.ts';
import { type Line, median } from './table.ts';

/** Takes any file and gives back a few lines, so that the server's own work stays small. */
const RECIPE = 'Hash files';

/**
 * From the user's "run" to the server having the job: looking at the file, storing the run, upload, hash, start. In
 * turns, so that both sides see the same machine. The plain client does less: it keeps one session for all rounds, and
 * it hashes, checks and stores nothing. Its time ends with the reply to the start, OmniTray's when the stored run shows
 * `running`. So the ratio is the price of these promises, and not of the same work.
 */
export async function measureSubmit(what: string, server: Server, path: string, rounds: number): Promise<Line> {
  const home = await makeHome();
  const core = openCore(home);
  const plain = new PlainClient(server.origin, server.token);
  const times = { omnitray: [] as number[], plain: [] as number[] };
  try {
    await connectTo(core, server.origin, server.token);
    const recipe = core.catalogue.view.recipes.find(({ name }) => name === RECIPE);
    await core.catalogue.load(recipe?.id ?? '');
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      const { id } = await startRecipe(core, RECIPE, [path]);
      await runReaches(core, id, 'running');
      times.omnitray.push(performance.now() - start);
      await runReaches(core, id, 'succeeded');

      const plainStart = performance.now();
      const fid = await plain.upload(path);
      const jobId = await plain.exec(recipe?.id ?? '', { documents: [{ fid }] });
      times.plain.push(performance.now() - plainStart);
      // A real server stands still for seconds while it works on 30 MiB: that is not to count against the next round.
      await plain.untilDone(jobId, 50);
    }
  } finally {
    core.close();
    await home.remove();
  }
  return { what, omnitray: median(times.omnitray), plain: median(times.plain) };
}
