import { connectTo, makeHome, openCore, runReaches, startRecipe } from '../support/test-core.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { PlainClient } from './plain-client.ts';
import type { Server } from './server.ts';
import { type Line, median } from './table.ts';

/** How long the jobs take, in ms: from "quick" to "get a coffee", none a multiple of 5 s. */
const DURATIONS = [700, 1_900, 3_300, 6_100, 8_600, 12_700];
const WITNESS_MS = 15;

const message = (duration: number): string => `steps=10 delay=${Math.round(duration / 10)}`;

/** A fiftieth of what the plain client takes, and a fifth where there is no stream (issue "under fire", 10). */
const TARGETS = { withStream: 1 / 50, without: 1 / 5 };

/**
 * From the end of a job to the client knowing of it, and to its result being there: then OmniTray tells of it, and has
 * it on the disk. When the job ended is seen by a witness that asks every 15 ms; what it misses, it misses for both.
 */
export async function measureFinish(server: Server, withStream: boolean): Promise<readonly Line[]> {
  const home = await makeHome();
  const hop = await startFaultProxy(server.origin);
  if (!withStream) hop.fail('GET /api/v1/mercenaries/listen', 404);
  const core = openCore(home);
  const witness = new Witness(server);
  try {
    await connectTo(core, hop.origin, server.token);
    // All of them at once, as the plain client has them.
    core.settings.change({ parallelRuns: 16 });
    const recipe = core.catalogue.view.recipes.find(({ name }) => name === 'Slow steps');
    const [known, told] = [new Map<string, number>(), new Map<string, number>()];
    const omnitray: Promise<string>[] = [];
    const follow = async (runId: string): Promise<string> => {
      await runReaches(core, runId, 'running');
      const jobId = core.runs.get(runId).jobId ?? '';
      await runReaches(core, runId, 'collecting', 'succeeded');
      known.set(jobId, performance.now());
      await runReaches(core, runId, 'succeeded');
      told.set(jobId, performance.now());
      return jobId;
    };
    // One after the other, as there is one table to run from; they run beside each other.
    for (const duration of DURATIONS) {
      const { id } = await startRecipe(core, 'Slow steps', [], message(duration));
      omnitray.push(follow(id));
    }
    const plain = DURATIONS.map(async (duration) => {
      const client = new PlainClient(server.origin, server.token);
      const jobId = await client.exec(recipe?.id ?? '', { text: message(duration) });
      await client.untilDone(jobId);
      known.set(jobId, performance.now());
      await client.results(jobId);
      told.set(jobId, performance.now());
      return jobId;
    });
    const ids = { omnitray: await Promise.all(omnitray), plain: await Promise.all(plain) };
    const line = (what: string, times: ReadonlyMap<string, number>): Line => {
      const lag = (jobIds: readonly string[]): number =>
        median(jobIds.map((id) => Math.max(0, (times.get(id) ?? NaN) - witness.endOf(id))));
      return {
        what: `${what}${withStream ? ' with the stream' : ' without'}, ms`,
        omnitray: lag(ids.omnitray),
        plain: lag(ids.plain),
        target: withStream ? TARGETS.withStream : TARGETS.without,
      };
    };
    return [line('finish to known', known), line('finish to notice', told)];
  } finally {
    witness.stop();
    core.close();
    await hop.close();
    await home.remove();
  }
}

class Witness {
  readonly #client: PlainClient;
  readonly #ends = new Map<string, number>();
  #isDone = false;

  constructor({ origin, token }: Server) {
    this.#client = new PlainClient(origin, token);
    void this.#watch();
  }

  endOf(jobId: string): number {
    const end = this.#ends.get(jobId);
    if (end === undefined) throw new Error('A job was known to be over before it was.');
    return end;
  }

  stop(): void {
    this.#isDone = true;
  }

  async #watch(): Promise<void> {
    while (!this.#isDone) {
      for (const { id, state } of await this.#client.jobs()) {
        if (state !== 'running' && !this.#ends.has(id)) this.#ends.set(id, performance.now());
      }
      await new Promise((resolve) => setTimeout(resolve, WITNESS_MS));
    }
  }
}
