import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../electron/contract/views.ts';
import type { Core } from '../../electron/core/app/core.ts';
import { errorView } from '../../electron/core/base/error-view.ts';
import { APP_OWNER } from '../../electron/core/model/owner.ts';
import { quickClock } from '../support/quick-clock.ts';
import type { Act } from '../support/scripted-server.ts';
import { LoudLogger, openCore, startRecipe } from '../support/test-core.ts';
import type { ConnectedHome } from './support/connected-home.ts';
import { practiceGround } from './support/ground.ts';
import { EXEC, type Hop, startHop } from './support/hop.ts';
import { answerCut, INPUTS, lostInputs, lostResults, MARK, SEVERAL } from './support/losses.ts';
import { doubles, NOTHING_LOST, record } from './support/record.ts';
import { isOver, nameOfStand, runIs } from './support/stand.ts';
import { until } from './support/until.ts';

const INPUT = INPUTS[1] ?? '';
const RESULTS = 'GET /api/v1/workflow/results';
const UPLOAD = 'POST /fid';

const { practice, template } = await practiceGround();

let hop: Hop;
let home: ConnectedHome;
let logger: LoudLogger;
let core: Core;
/** Another program that holds the database of OmniTray, a backup say, for longer than a write waits. */
let other: DatabaseSync;
const seize = (): void => other.exec('BEGIN IMMEDIATE');
const letGo = (): void => other.exec('ROLLBACK');

const open = async (): Promise<Core> => {
  const opened = openCore(home, { clock: quickClock, logger, owner: APP_OWNER });
  await opened.connection.startUp();
  return opened;
};
const reasonOf = (id: RunId): string | null => core.runs.view(core.runs.get(id)).reason;

/** Waits until the run says that the disk keeps it, gives the database back, and sees what comes of it. */
async function seenThrough(task: Parameters<typeof record>[0], id: RunId, what: string): Promise<void> {
  await until(
    () => reasonOf(id) === 'disk-busy',
    () => `The run says ${nameOfStand(core.runs.get(id))}.`,
  );
  const held = `${core.runs.get(id).state} (disk-busy)`;
  letGo();
  const run = await runIs(core, id, isOver);
  expect(reasonOf(id)).toBe(run.reason);
  const tally = {
    doubleExecs: doubles([hop.execsOf(MARK)]),
    inputsLost: await lostInputs(core, run),
    resultsLost: await lostResults(core, run, MARK),
    answersCut: answerCut(core, run),
  };
  const end = `${held} > ${nameOfStand(run)}`;
  record(task, { table: 'machine', what: `a database held ${what}`, end, runs: 1, tally });
  expect(tally).toEqual(NOTHING_LOST);
  expect(nameOfStand(run)).toBe('succeeded');
}

beforeEach(async () => {
  hop = await startHop(practice.origin);
  home = await template.copyFor(hop.origin);
  logger = new LoudLogger();
  core = await open();
  other = new DatabaseSync(join(home.folder, 'omnitray.db'));
});

afterEach(async () => {
  core.close();
  other.close();
  await hop.close();
  await home.remove();
});

describe('a database that another program holds', () => {
  it.for([
    ['while a file goes out', UPLOAD],
    ['while the server starts it', EXEC],
    ['while its result is fetched', RESULTS],
  ] as const)('%s holds the run with its reason, and it goes on', async ([what, route], { task }) => {
    const seizing: Act = (...call) => {
      seize();
      return hop.forward(...call);
    };
    hop.on(route, seizing, hop.forward);
    const { id } = await startRecipe(core, 'Echo', [INPUT], MARK);
    await seenThrough(task, id, what);
    // A disk that fails is asked again ever more seldom, and the server with it.
    expect(hop.askedFor(route).length).toBeLessThan(5);
    expect(logger.errors).toEqual([]);
  });

  it('while a recipe speaks keeps what it says until it can be stored, and stores it once', async ({ task }) => {
    const { id } = await startRecipe(core, SEVERAL, [], `${MARK} delay=200`);
    await runIs(core, id, () => core.results.count(id).messages === 1);
    seize();
    await seenThrough(task, id, 'while a recipe speaks');
    expect(core.runs.get(id).reason).toBeNull();
  });

  it('when sending goes on after a pause holds the runs a little longer', async ({ task }) => {
    core.settings.change({ paused: true });
    const { id } = await startRecipe(core, 'Echo', [INPUT], MARK);
    await runIs(core, id, (run) => run.reason === 'paused');
    seize();
    core.settings.change({ paused: false });
    await seenThrough(task, id, 'after a pause');
  });

  it('at the start is waited for', async ({ task }) => {
    core.settings.change({ paused: true });
    const { id } = await startRecipe(core, 'Echo', [INPUT], MARK);
    core.close();
    seize();
    core = await open();
    core.settings.change({ paused: false });
    expect(core.engine.resume()).toBe(false);
    await seenThrough(task, id, 'at the start');
  });

  it('while recipes are listed leaves the list as it was, with the reason', async ({ task }) => {
    const before = core.catalogue.view.recipes.length;
    seize();
    const { problem, recipes } = await core.catalogue.refresh();
    letGo();
    const end = problem?.code ?? 'no problem';
    record(task, { table: 'machine', what: 'a database held at a listing', end, runs: 0, tally: NOTHING_LOST });
    expect(end).toBe('disk-busy');
    expect(recipes).toHaveLength(before);
    expect(logger.errors).toEqual([]);
    expect(await core.catalogue.refresh()).toMatchObject({ problem: null });
  });

  it('refuses a new run with words, and leaves everything on the table', async ({ task }) => {
    seize();
    const failure = await startRecipe(core, 'Echo', [INPUT], MARK).catch((reason: unknown) => reason);
    const refusal = errorView(failure).code;
    letGo();
    const tally = { ...NOTHING_LOST, doubleExecs: hop.execsOf(MARK) };
    record(task, { table: 'machine', what: 'a database held at a drop', end: `refused (${refusal})`, runs: 1, tally });
    expect(refusal).toBe('disk-busy');
    expect(core.draft.contents()).toMatchObject({ message: MARK, attachments: [{ path: INPUT }] });
    expect(hop.execsOf(MARK)).toBe(0);
  });
});
