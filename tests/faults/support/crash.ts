import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isEnded, type RunView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { startPracticeServer } from '../../../electron/practice/server.ts';
import { quickClock } from '../../support/quick-clock.ts';
import { reset } from '../../support/scripted-server.ts';
import { LoudLogger, openCore } from '../../support/test-core.ts';
import { type ConnectedHome, type HomeTemplate, makeHomeTemplate } from './connected-home.ts';
import type { CrashTask } from './crash-child.ts';
import { buildProgram, type BuiltProgram } from '../../support/built-program.ts';
import { type CrashEnd, type CrashPoint, nameOf } from './crash-point.ts';
import { type Hop, startHop } from './hop.ts';
import { answerCut, INPUTS, lostInputs, lostResults, MARK } from './losses.ts';
import { type Scenario, SCENARIOS } from './scenarios.ts';
import { nameOfStand } from './stand.ts';
import { until } from './until.ts';

/** A home with a connected server, the hop between them, and the program whose home it is. */
export interface Place {
  readonly program: BuiltProgram;
  readonly home: ConnectedHome;
  readonly hop: Hop;
  /** No job of its server takes any time from now on. */
  finishJobs(): void;
  close(): Promise<void>;
}

/** What every place has: the program, and the home as it is before the drop. */
export interface Ground {
  readonly program: BuiltProgram;
  readonly template: HomeTemplate;
  close(): Promise<void>;
}

const STOP = 'POST /api/v1/workflow/stop';
/** What all practice servers of the matrix sign with, so that a token of one is good at every other. */
const SECRET = 'of the crash matrix';

/** Builds the program, and a home that knows a server and all of its recipes. Once for all crashes. */
export async function makeGround(): Promise<Ground> {
  const program = await buildProgram(join(import.meta.dirname, 'crash-child.ts'));
  const server = await startPracticeServer({ secret: SECRET, showAll: true });
  const template = await makeHomeTemplate(server, true);
  await server.close();
  const close = async (): Promise<void> => {
    await template.remove();
    await program.remove();
  };
  return { program, template, close };
}

/** A home for one crash, with a practice server of its own, where nobody else starts jobs. */
export async function makePlace({ program, template }: Ground, scenario: Scenario): Promise<Place> {
  const server = await startPracticeServer({ secret: SECRET, showAll: true });
  const hop = await startHop(server.origin);
  const home = await template.copyFor(hop.origin);
  // The server is away for the first upload: the run waits, and goes on by itself.
  if (scenario === 'waiting') hop.on('POST /fid', reset, hop.forward);
  // The job works until the stop has arrived, or until it is too late for one.
  if (scenario === 'stop')
    hop.on(STOP, (response, ...request) => {
      response.on('close', () => server.finishWaits());
      return hop.forward(response, ...request);
    });
  const close = async (): Promise<void> => {
    await hop.close();
    await server.close();
    await home.remove();
  };
  return { program, home, hop, finishJobs: () => server.finishWaits(), close };
}

interface Played {
  readonly signal: NodeJS.Signals | null;
  /** Where the process was not ended on its way. */
  readonly points: readonly CrashPoint[];
}

/** Plays a scenario in a process of its own, to its end or to the crash. */
export async function playInChild(
  place: Place,
  scenario: Scenario,
  crashAt: CrashPoint | null,
  end: CrashEnd = 'kill',
): Promise<Played> {
  const task: CrashTask = { folder: place.home.folder, scenario, mark: MARK, inputs: INPUTS, crashAt, end };
  const child = spawn(process.execPath, [place.program.path, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Compiled once.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'omnitray-faults-cache') },
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  const [output, complaint] = await said;
  if (code !== null && code !== 0) throw new Error(`The program failed by itself: ${complaint}`);
  return { signal, points: signal === null ? (JSON.parse(output) as CrashPoint[]) : [] };
}

/** What became of one run that the scenario makes. */
export interface Fate {
  /** Its state, with the reason that is told of it. */
  readonly end: string;
  /** Starts of it that reached the server. */
  readonly execs: number;
}

/** What the next starts make of a crash. */
export interface Recovered {
  readonly fates: readonly Fate[];
  readonly inputsLost: number;
  readonly resultsLost: number;
  readonly answersCut: number;
  /** What was logged as an error. */
  readonly errors: readonly string[];
}

/** Starts OmniTray again, twice: the second start must find nothing left to do. */
export async function recover(place: Place, scenario: Scenario): Promise<Recovered> {
  place.finishJobs();
  const first = await restart(place, scenario);
  const second = await restart(place, scenario);
  const [before, after] = [first, second].map(({ fates }) => JSON.stringify(fates));
  if (before !== after) throw new Error(`Another start made ${after} of ${before}.`);
  return { ...second, errors: [...first.errors, ...second.errors] };
}

async function restart({ home, hop }: Place, scenario: Scenario): Promise<Recovered> {
  const logger = new LoudLogger();
  const core = openCore(home, { clock: quickClock, logger });
  try {
    core.engine.resume();
    await core.connection.startUp();
    await until(
      () => core.runs.list().every((run) => rests(core, run)),
      () =>
        `The runs came to no rest: ${core.runs
          .list()
          .map(({ state, reason }) => `${state} ${reason}`)
          .join()}`,
    );
    const runs = core.runs.list();
    const fates = marksOf(scenario).map((mark): Fate => {
      const run = runs.find(({ excerpt }) => excerpt?.includes(mark));
      return { end: run === undefined ? NOT_STORED : nameOfStand(core.runs.get(run.id)), execs: hop.execsOf(mark) };
    });
    return {
      fates,
      ...(await lossesOf(core, scenario, runs)),
      errors: logger.errors,
    };
  } finally {
    core.close();
  }
}

const NOT_STORED = 'not stored';

const marksOf = (scenario: Scenario): readonly string[] =>
  scenario === 'batch' ? ['a;', 'b;', 'c;'].map((letter) => `${MARK} ${letter}`) : [MARK];

/** Ended, or unconfirmed after the server was asked what became of the start. */
const rests = (core: Core, { id, state, candidates }: RunView): boolean =>
  (state === 'unconfirmed' && candidates !== null) || isEnded(core.runs.get(id));

async function lossesOf(
  core: Core,
  scenario: Scenario,
  runs: readonly RunView[],
): Promise<Pick<Recovered, 'inputsLost' | 'resultsLost' | 'answersCut'>> {
  const files = { files: 2, waiting: 2, batch: 1, chat: 0, stop: 0 }[scenario];
  let [inputsLost, resultsLost, answersCut] = [0, 0, 0];
  for (const { id } of runs) {
    const run = core.runs.get(id);
    // What the server told nobody can have again: then it must be said.
    answersCut += answerCut(core, run);
    const isSaid = run.reason === 'answer-cut';
    inputsLost += (await lostInputs(core, run, files)) + (run.message.includes(MARK) ? 0 : 1);
    if (run.state === 'succeeded' && scenario !== 'stop' && !isSaid) resultsLost += await lostResults(core, run, MARK);
  }
  return { inputsLost, resultsLost, answersCut };
}

/** The crash came before the run was stored. */
export const UNSTORED: Fate = { end: NOT_STORED, execs: 0 };
/** The crash came between the intent to start it and the start. */
export const IN_DOUBT: Fate = { end: 'unconfirmed (answer-lost)', execs: 0 };

/** What must have become of a run that goes its way alone, when the process ended at a point of it. */
export function expectedAt(scenario: Scenario, points: readonly CrashPoint[], point: CrashPoint): readonly Fate[] {
  const at = points.findIndex((each) => nameOf(each) === nameOf(point));
  const index = (what: string, when: CrashPoint['when'], from = 0): number => {
    const found = points.findIndex((each, place) => place >= from && each.what === what && each.when === when);
    if (found < 0) throw new Error(`No ${what}, ${when}, was seen.`);
    return found;
  };
  // What was on the table was not taken from it before the run is stored.
  const committed = (what: string): number => index('sql COMMIT', 'after', index(what, 'after'));
  if (at < committed('sql INSERT runs')) return [UNSTORED];
  // Nobody can know, so it is never sent again; where it did arrive, the session of the run tells (wire 9.4).
  const isInDoubt =
    at >= committed('sql UPDATE runs state = starting') && at < index('http POST /api/v1/workflow/exec', 'sent');
  if (isInDoubt) return [IN_DOUBT];
  const ends = scenario === 'chat' ? chatEnds(points, at) : SCENARIOS[scenario].ends;
  return ends.map((end): Fate => ({ end, execs: 1 }));
}

/**
 * The server tells a chat answer once (wire 12): what it has sent and is not on disk when the process ends, nobody can
 * have again. That can be from the first stream of the run's session, sent, until the last block that speaks was heard to
 * its end, and nowhere else; and then the run says that its answer was cut off. Whether the server got to tell something
 * is a matter of the moment: that nothing is missing in silence is counted.
 */
function chatEnds(points: readonly CrashPoint[], at: number): readonly string[] {
  const asked = points.findIndex(({ what, when }) => what === 'sql UPDATE runs answer_cut' && when === 'after');
  const heard = points.findLastIndex(({ what, when }) => what === 'sql UPDATE runs blocks_heard' && when === 'after');
  if (at < asked || at >= heard) return SCENARIOS.chat.ends;
  return [...SCENARIOS.chat.ends, 'empty (answer-cut)', 'succeeded (answer-cut)'];
}
