import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../electron/core/base/clock.ts';
import { quickClock } from '../support/quick-clock.ts';
import { json } from '../support/scripted-server.ts';
import { LoudLogger, UNTIL_FINISHED, openCore, runReaches, startRecipe } from '../support/test-core.ts';
import type { ConnectedHome } from './support/connected-home.ts';
import { practiceGround } from './support/ground.ts';
import { type Hop, startHop } from './support/hop.ts';
import { MARK } from './support/losses.ts';
import { doubles, NOTHING_LOST, record } from './support/record.ts';
import { isOver, nameOfStand, runIs } from './support/stand.ts';

const JOBS = 'GET /api/v1/workflow/jobs';
const RESULTS = 'GET /api/v1/workflow/results';
const NOT_FOUND = json(404, { error: 'Job result not found' });
const HOUR_MS = 3_600_000;

const { practice, template } = await practiceGround();

let hop: Hop;
let home: ConnectedHome;
let logger: LoudLogger;

beforeEach(async () => {
  hop = await startHop(practice.origin, [JOBS, RESULTS]);
  home = await template.copyFor(hop.origin);
  logger = new LoudLogger();
});
afterEach(async () => {
  practice.restoreWaits();
  await hop.close();
  await home.remove();
  expect(logger.errors).toEqual([]);
});

/** Waits until the server has no job at work, as another of its users sees it. */
async function jobsEnd(): Promise<void> {
  for (;;) {
    const reply = await fetch(`${practice.origin}/api/v1/workflow/jobs`, {
      headers: { authorization: `Bearer ${practice.token}` },
    });
    const { jobs } = (await reply.json()) as { readonly jobs: readonly { readonly state: string }[] };
    if (jobs.every(({ state }) => state !== 'running')) return;
  }
}

/** What the server still has of a job that ended while the machine slept, and what the clock on the wall did. */
const NIGHTS = [
  { what: 'a short sleep', clock: 0, forgets: [], end: 'succeeded' },
  { what: 'a sleep of hours: the job is not listed', clock: 3, forgets: [JOBS], end: 'unverified (end-not-seen)' },
  { what: 'a sleep of hours: nothing is left', clock: 3, forgets: [JOBS, RESULTS], end: 'lost (server-forgot)' },
  { what: 'a sleep, and a clock set back by hours', clock: -5, forgets: [], end: 'succeeded' },
] as const;

describe('a machine that sleeps while a job runs', () => {
  it.for(NIGHTS)('$what', async ({ what, clock, forgets, end }, { task }) => {
    let offset = 0;
    const wall: Clock = { ...quickClock, now: () => Date.now() + offset };
    const core = openCore(home, { clock: wall, logger });
    await core.connection.startUp();
    const { id } = await startRecipe(core, 'Slow steps', [], `${UNTIL_FINISHED} ${MARK}`);
    await runReaches(core, id, 'running');
    core.engine.suspend();
    practice.finishWaits();
    await jobsEnd();
    const asked = hop.asked.length;
    offset = clock * HOUR_MS;
    for (const route of forgets) hop.on(route, route === JOBS ? json(200, { jobs: [] }) : NOT_FOUND);
    // Nothing is asked while it sleeps.
    expect(hop.asked.length).toBe(asked);
    core.engine.wakeUp();
    const run = await runIs(core, id, isOver);
    const isHere = core.runs.result(id).texts.length > 0;
    const couldBe = !(forgets as readonly string[]).includes(RESULTS);
    const tally = {
      ...NOTHING_LOST,
      doubleExecs: doubles([hop.execsOf(MARK)]),
      resultsLost: couldBe && !isHere ? 1 : 0,
    };
    core.close();
    record(task, { table: 'machine', what, end: nameOfStand(run), runs: 1, tally });
    expect(tally).toEqual(NOTHING_LOST);
    expect(nameOfStand(run)).toBe(end);
  });
});
