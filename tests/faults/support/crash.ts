import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { RunView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { draftFromRun } from '../../../electron/core/app/launch.ts';
import { hasEnded } from '../../../electron/core/runs/run.ts';
import type { PracticeServer } from '../../../electron/practice/server.ts';
import { quickClock } from '../../support/quick-clock.ts';
import { reset } from '../../support/scripted-server.ts';
import { connectTo, LoudLogger, makeHome, openCore } from '../../support/test-core.ts';
import type { TestHome } from '../../support/test-core.ts';
import type { CrashTask } from './crash-child.ts';
import { nameOf } from './crash-point.ts';
import type { CrashPoint } from './crash-point.ts';
import { openFileKeychain } from './file-keychain.ts';
import { startHop } from './hop.ts';
import type { Hop } from './hop.ts';
import type { Scenario } from './scenarios.ts';
import { until } from './until.ts';

const SAMPLES = join(import.meta.dirname, '../../../resources/samples');
const CHILD = join(import.meta.dirname, 'crash-child.ts');
const HOOKS = join(import.meta.dirname, 'crash-points.ts');

const INPUTS = ['hills.png', 'harbour.png'].map((name) => join(SAMPLES, name));
const MARK = 'the one and only';

/** A home with a connected server, and the hop between them. */
export interface Place {
  readonly home: TestHome;
  readonly hop: Hop;
  close(): Promise<void>;
}

export async function makePlace(server: PracticeServer, scenario: Scenario): Promise<Place> {
  const hop = await startHop(server.origin);
  const made = await makeHome();
  const home = { ...made, keychain: openFileKeychain(made.folder) };
  const core = openCore(home);
  await connectTo(core, hop.origin, server.token);
  core.close();
  // The server is away for the first upload: the run waits, and goes on by itself.
  if (scenario === 'waiting') hop.on('POST /fid', reset, hop.forward);
  return {
    home,
    hop,
    close: async () => {
      await hop.close();
      await home.remove();
    },
  };
}

interface Played {
  readonly signal: NodeJS.Signals | null;
  /** Where the process was not ended on its way. */
  readonly points: readonly CrashPoint[];
}

/** Plays a scenario in a process of its own, to its end or to the crash. */
export async function playInChild(place: Place, scenario: Scenario, crashAt: CrashPoint | null): Promise<Played> {
  const task: CrashTask = { folder: place.home.folder, scenario, mark: MARK, inputs: INPUTS, crashAt };
  const child = spawn(process.execPath, ['--import', HOOKS, CHILD, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Two hundred times the same modules: compiled once.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'omnitray-faults-cache') },
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  const [output, complaint] = await said;
  if (code !== null && code !== 0) throw new Error(`The program failed by itself: ${complaint}`);
  return { signal, points: signal === null ? (JSON.parse(output) as CrashPoint[]) : [] };
}

/** What became of the runs of one crash, as the next start leaves it. */
export interface Recovered {
  readonly runs: readonly RunView[];
  /** Starts that reached the server, of each run that the scenario makes. */
  readonly execs: readonly number[];
  readonly inputsLost: number;
  readonly resultsLost: number;
  readonly errors: readonly string[];
}

/** Starts OmniTray again, twice: the second start must find nothing left to do. */
export async function recover(place: Place, scenario: Scenario): Promise<Recovered> {
  const first = await restart(place, scenario);
  const second = await restart(place, scenario);
  const states = ({ runs }: Recovered): string => runs.map(({ id, state }) => `${id} ${state}`).join();
  if (states(first) !== states(second)) throw new Error(`Another start changed ${states(first)} to ${states(second)}.`);
  return { ...second, errors: [...first.errors, ...second.errors] };
}

async function restart({ home, hop }: Place, scenario: Scenario): Promise<Recovered> {
  const logger = new LoudLogger();
  const core = openCore(home, { clock: quickClock, logger });
  try {
    core.engine.resume();
    await core.connection.startUp();
    const rests = ({ id, state }: RunView): boolean => state === 'unconfirmed' || hasEnded(core.runs.get(id));
    await until(
      () => core.runs.list().every(rests),
      () => `The runs came to no rest: ${JSON.stringify(core.runs.list().map(({ state, reason }) => [state, reason]))}`,
    );
    const runs = core.runs.list();
    const marks = scenario === 'batch' ? ['a;', 'b;', 'c;'].map((letter) => `${MARK} ${letter}`) : [MARK];
    return {
      runs,
      execs: marks.map((mark) => hop.execsOf(mark)),
      inputsLost: await lostInputs(core, scenario, runs),
      resultsLost: await lostResults(core, scenario, runs),
      errors: logger.errors,
    };
  } finally {
    core.close();
  }
}

/** What cannot be put on the table again as it was, for every run that was stored. */
async function lostInputs(core: Core, scenario: Scenario, runs: readonly RunView[]): Promise<number> {
  const files = { files: 2, waiting: 2, batch: 1, chat: 0, stop: 0 }[scenario];
  let lost = 0;
  for (const { id } of runs) {
    const { attachments, message } = await draftFromRun(core, id);
    const good = attachments.filter(({ problem }) => problem === null).length;
    lost += Math.max(0, files - good) + (message.includes(MARK) ? 0 : 1);
  }
  return lost;
}

/** Parts of the answers of succeeded runs that are not on this machine, byte for byte. */
async function lostResults(core: Core, scenario: Scenario, runs: readonly RunView[]): Promise<number> {
  if (scenario === 'stop') return 0;
  let lost = 0;
  for (const run of runs.filter(({ state }) => state === 'succeeded')) {
    const { texts, messages } = core.runs.result(run.id);
    const told = scenario === 'chat' ? messages.map((message) => message.text) : texts;
    if (!told.join().includes(MARK)) lost += 1;
    if (scenario !== 'chat') lost += await lostFiles(core, run);
  }
  return lost;
}

/** The recipe echoes its files: the hashes of what was sent are those of what must be here. */
async function lostFiles(core: Core, { id }: RunView): Promise<number> {
  const sent = await Promise.all(core.runs.get(id).inputs.map(({ path }) => hashOf(path ?? '')));
  const kept = core.results.find(id).artifacts.flatMap(({ file }) => (file === null ? [] : [file]));
  const here = await Promise.all(kept.map((file) => hashOf(join(core.folderOf(id), file))));
  return sent.filter((hash) => !here.includes(hash)).length;
}

const hashOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

// ---- what is allowed

/** What the design allows after a crash at one point. */
export interface Allowed {
  /** The crash came before the run was stored: there is none, and what was on the table was never taken from it. */
  readonly unstored: boolean;
  /** The crash came between the intent to start and the id of the job: nobody can know, and it is never sent again. */
  readonly unconfirmed: boolean;
}

/** Reads from the order of an undisturbed run what each of its points may lead to (DESIGN 5), for scenarios of one run. */
export function allowedAt(points: readonly CrashPoint[], point: CrashPoint): Allowed {
  const at = points.findIndex((each) => nameOf(each) === nameOf(point));
  const index = (what: string, when: CrashPoint['when']): number =>
    points.findIndex((each) => each.what === what && each.when === when);
  return {
    unstored: at < index('sql COMMIT', 'after'),
    unconfirmed:
      at >= index('sql UPDATE runs state = starting', 'after') &&
      at <= index('sql UPDATE runs state = running', 'before'),
  };
}
