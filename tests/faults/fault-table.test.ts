import { afterAll, describe, it } from 'vitest';
import type { RunId } from '../../electron/contract/views.ts';
import type { Core } from '../../electron/core/app/core.ts';
import type { Run } from '../../electron/core/model/run.ts';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { startPracticeServer } from '../../electron/practice/server.ts';
import { quickClock } from '../support/quick-clock.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { LoudLogger, openCore, startRecipe } from '../support/test-core.ts';
import { makeHomeTemplate } from './support/connected-home.ts';
import { type FaultName, FAULTS, PATIENCE_MS } from './support/faults.ts';
import { expectedEnd, expectedRest } from './support/expected.ts';
import { EXEC, type Hop, startHop } from './support/hop.ts';
import { type Moment, type MomentName, MOMENTS, RECIPES } from './support/moments.ts';
import { doubles, NOTHING_LOST, record } from './support/record.ts';
import { answerCut, INPUTS, lostInputs, lostResults, MARK } from './support/losses.ts';
import { isAtRest, isOver, nameOfStand, runIs } from './support/stand.ts';
import { until } from './support/until.ts';

const INPUT = INPUTS[1] ?? '';
const TIMEOUTS = {
  ...{ connect: PATIENCE_MS, response: PATIENCE_MS, start: PATIENCE_MS, stored: PATIENCE_MS },
  ...{ idle: PATIENCE_MS, reply: PATIENCE_MS, download: PATIENCE_MS, picture: PATIENCE_MS },
};

const practice = await startPracticeServer();
const elsewhere = await startScriptedServer();
afterAll(async () => {
  await practice.close();
  await elsewhere.close();
});
// Each of these tests lists the recipes, and learns of each what it takes.
for (const { id, name } of practice.recipeBook.all) if (!(name in RECIPES)) practice.recipeBook.remove(id);

const templates = {
  learned: await makeHomeTemplate(practice, true),
  unlearned: await makeHomeTemplate(practice, false),
};
afterAll(() => Promise.all(Object.values(templates).map((template) => template.remove())));

interface Place {
  readonly core: Core;
  readonly hop: Hop;
  readonly logger: LoudLogger;
  close(): Promise<void>;
}

/** OmniTray just started, with a hop of its own on the way to its server. */
async function makePlace(moment: Moment): Promise<Place> {
  const hop = await startHop(practice.origin, [moment.route]);
  const home = await templates[moment.also === 'load' ? 'unlearned' : 'learned'].copyFor(hop.origin);
  const logger = new LoudLogger();
  const core = openCore(home, { clock: quickClock, logger, timeouts: TIMEOUTS });
  moment.prepare?.(hop);
  return {
    core,
    hop,
    logger,
    close: async () => {
      core.close();
      await hop.close();
      await home.remove();
    },
  };
}

interface Spoiled {
  /** How many requests met the fault. */
  readonly met: () => number;
  readonly lift: () => void;
}

function spoil(hop: Hop, route: string, fault: FaultName): Spoiled {
  let met = 0;
  const act = FAULTS[fault].act({ target: practice.origin, origin: hop.origin, elsewhere: elsewhere.origin });
  hop.on(route, (...request) => {
    met += 1;
    return act(...request);
  });
  return { met: () => met, lift: () => void hop.on(route, hop.forward) };
}

interface Met {
  readonly id: RunId;
  readonly spoiled: Spoiled;
  /** Where the run came to rest while the fault lasted. */
  readonly during: string;
  /** What was asked for beside the run; it may meet the fault to its end. */
  readonly beside: Promise<unknown>;
}

/** Starts the run and lets it meet the fault. */
async function meet(place: Place, moment: Moment, fault: FaultName): Promise<Met> {
  const { core, hop } = place;
  const { recipe, route, from } = moment;
  const begin = (): Spoiled => spoil(hop, route, fault);
  let spoiled = from === null ? begin() : null;
  core.runs.onChange(({ run }) => {
    if (run.state === from) spoiled ??= begin();
  });
  const listing = besideListing(core, moment);
  const { id } = await startRecipe(core, recipe, recipe === 'Echo' ? [INPUT] : [], `${RECIPES[recipe]} ${MARK}`);
  const stopping = moment.also === 'stop' ? stopRunning(core, id) : null;
  await until(
    () => (spoiled?.met() ?? 0) > 0 && isAtRest(core.runs.get(id)),
    () => `The fault was met ${spoiled?.met() ?? 0} times; the run is ${nameOfStand(core.runs.get(id))}.`,
  );
  const beside = Promise.allSettled([listing, stopping]);
  return { id, spoiled: spoiled ?? begin(), during: nameOfStand(core.runs.get(id)), beside };
}

async function besideListing(core: Core, { also }: Moment): Promise<void> {
  if (also === 'list') await core.catalogue.refresh();
  // What it meets is not the run's.
  if (also === 'load') await core.catalogue.load(RECIPE.echo).catch(() => undefined);
}

async function stopRunning(core: Core, id: RunId): Promise<void> {
  await runIs(core, id, ({ state }) => state === 'running');
  await core.runs.stop(core.engine, id);
}

/** The fault is over, and the user does what the run asks of them. */
async function goOn({ core, hop }: Place, { id, spoiled, beside }: Met): Promise<Run> {
  const { reason } = core.runs.get(id);
  spoiled.lift();
  await beside;
  const token = { from: 'typed', token: practice.token } as const;
  if (reason === 'token-refused')
    await core.connection.connect({ address: hop.origin, token, keep: 'keychain', allowInsecure: false });
  return runIs(core, id, isOver);
}

/** Starts that may have made a job. */
function startsOf({ hop }: Place, { route }: Moment, fault: FaultName, { spoiled }: Met): number {
  return hop.execsOf(MARK) - (route === EXEC && FAULTS[fault].refuses ? spoiled.met() : 0);
}

async function lostOf(core: Core, { also, spent }: Moment, fault: FaultName, run: Run): Promise<number> {
  if (run.jobId === null || also === 'stop' || spent?.includes(fault)) return 0;
  return lostResults(core, run, MARK);
}

describe.for(Object.keys(MOMENTS) as MomentName[])('%s', { concurrent: true }, (name) => {
  it.for(Object.keys(FAULTS) as FaultName[])('%s', async (fault, { task, expect }) => {
    const moment: Moment = MOMENTS[name];
    const place = await makePlace(moment);
    const { core, logger } = place;
    try {
      const met = await meet(place, moment, fault);
      const run = await goOn(place, met);
      const end = nameOfStand(run);
      const tally = {
        doubleExecs: doubles([startsOf(place, moment, fault, met)]),
        inputsLost: await lostInputs(core, run),
        resultsLost: await lostOf(core, moment, fault, run),
        answersCut: answerCut(core, run),
      };
      record(task, { table: 'fault', route: name, fault, during: met.during, end, runs: 1, tally });
      expect(tally).toEqual(NOTHING_LOST);
      expect(logger.errors).toEqual([]);
      expect(elsewhere.asked).toEqual([]);
      expect(end).toBe(expectedEnd(name, fault));
      expect(expectedRest(name, fault) ?? met.during).toBe(met.during);
      if (moment.also === 'list')
        await expect.poll(() => core.catalogue.refresh()).toMatchObject({ status: 'ready', problem: null });
      if (moment.also === 'load')
        await expect.poll(() => core.catalogue.load(RECIPE.echo)).toMatchObject({ id: RECIPE.echo });
    } finally {
      await place.close();
    }
  });
});
