import fc from 'fast-check';
import { afterAll, describe, it } from 'vitest';
import type { RunState } from '../../electron/contract/views.ts';
import type { Core } from '../../electron/core/app/core.ts';
import { mayMove } from '../../electron/core/model/run-states.ts';
import { startPracticeServer } from '../../electron/practice/server.ts';
import { quickClock } from '../support/quick-clock.ts';
import { html, json, raw, reset, text } from '../support/scripted-server.ts';
import { randomPace } from '../support/slow-stream.ts';
import { LoudLogger, openCore, startRecipe } from '../support/test-core.ts';
import { type ConnectedHome, makeHomeTemplate } from './support/connected-home.ts';
import { EXEC, type Hop, startHop } from './support/hop.ts';
import { countsOf, doubles, NOTHING_LOST, record, type Tally } from './support/record.ts';
import { answerCut, lostInputs, lostResults, SEVERAL } from './support/losses.ts';
import { isOver, nameOfStand } from './support/stand.ts';
import { until } from './support/until.ts';

/** Cases in each of the tests below; `FAULT_CASES` for a longer search. */
const CASES = Number(process.env.FAULT_CASES ?? 8);
const NAMES = ['doubleExecs', 'inputsLost', 'resultsLost', 'answersCut'] as const;

const ROUTES = [
  'GET /version',
  'POST /fid',
  'GET /api/v1/workflow/jobs',
  'GET /api/v1/mercenaries/listen',
  'GET /api/v1/workflow/results',
  EXEC,
] as const;

/** What leaves open whether the request was acted on. */
const UNCLEAR = {
  reset,
  garbage: raw('I am not HTTP\r\n\r\n'),
  HTML: html(200),
  odd: json(200, { jobs: 7, result: [] }),
};
const FAULTS = {
  ...UNCLEAR,
  '401': text(401, 'Unauthorized'),
  '429': json(429, {}),
  '500': json(500, {}),
  '503': text(503, 'Service Unavailable'),
};

type Step =
  | { readonly do: 'spoil'; readonly route: (typeof ROUTES)[number]; readonly fault: keyof typeof FAULTS }
  | { readonly do: 'heal' | 'run' | 'chat' | 'stop' | 'pause' | 'go on' | 'restart' | 'sleep' | 'wake' };

const spoils = <Fault extends keyof typeof FAULTS>(
  routes: readonly (typeof ROUTES)[number][],
  faults: readonly Fault[],
) =>
  fc.record({
    do: fc.constant('spoil' as const),
    route: fc.constantFrom(...routes),
    fault: fc.constantFrom(...faults),
  });
const namesOf = <Name extends string>(things: Readonly<Record<Name, unknown>>): readonly Name[] =>
  Object.keys(things) as Name[];

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    spoils(ROUTES, namesOf(UNCLEAR)),
    // A start that was refused in so many words may be sent again: it would not count as a second one.
    spoils(
      ROUTES.filter((route) => route !== EXEC),
      namesOf(FAULTS),
    ),
    fc.record({ do: fc.constantFrom('heal', 'run', 'chat', 'stop', 'pause', 'go on', 'restart', 'sleep', 'wake') }),
  ),
  { minLength: 2, maxLength: 8 },
);

const practice = await startPracticeServer({ showAll: true });
const template = await makeHomeTemplate(practice, true);
afterAll(async () => {
  await template.remove();
  await practice.close();
});

/** OmniTray in the hands of a script, and everything that must hold at each of its steps. */
class Play {
  readonly wrong: string[] = [];
  readonly logger = new LoudLogger();
  readonly #hop: Hop;
  readonly #home: ConnectedHome;
  readonly #states = new Map<string, RunState>();
  readonly #marks: string[] = [];
  #news = 0;
  #isAsleep = false;
  core: Core;

  constructor(hop: Hop, home: ConnectedHome) {
    this.#hop = hop;
    this.#home = home;
    this.core = this.#start();
  }

  #start(): Core {
    const core = openCore(this.#home, { clock: quickClock, logger: this.logger });
    core.runs.onChange(({ run: { id, state, reason } }) => {
      const before = this.#states.get(id);
      this.#states.set(id, state);
      this.#news += 1;
      if (before !== undefined && before !== state && !mayMove(before, state))
        this.wrong.push(`${before} was followed by ${state}`);
      if (state === 'waiting' && reason === null) this.wrong.push('A run waited without a reason.');
    });
    return core;
  }

  async take(step: Step): Promise<void> {
    const { core } = this;
    switch (step.do) {
      case 'spoil':
        this.#hop.on(step.route, FAULTS[step.fault]);
        break;
      case 'heal':
        this.#heal();
        break;
      case 'run':
      case 'chat': {
        const mark = `mark ${this.#marks.length};`;
        this.#marks.push(mark);
        if (step.do === 'run') await startRecipe(core, 'Echo', [], mark);
        else await startRecipe(core, SEVERAL, [], `${mark} delay=100`);
        break;
      }
      case 'stop':
        await Promise.all(
          core.engine
            .mine()
            .slice(0, 1)
            .map(({ id }) => core.runs.stop(core.engine, id)),
        );
        break;
      case 'pause':
      case 'go on':
        core.settings.change({ paused: step.do === 'pause' });
        break;
      case 'restart':
        core.close();
        this.core = this.#start();
        this.#isAsleep = false;
        this.core.engine.resume();
        await this.core.connection.startUp();
        break;
      case 'sleep':
        core.engine.suspend();
        this.#isAsleep = true;
        break;
      case 'wake':
        core.engine.wakeUp();
        this.#isAsleep = false;
        break;
    }
    await this.#somethingHappened();
  }

  /** A step meets the one before it somewhere on its way: after its next news, or when nothing more is to come. */
  async #somethingHappened(): Promise<void> {
    if (this.#isAsleep) return;
    const before = this.#news;
    await until(
      () => this.#news > before || this.core.engine.mine().every(({ reason }) => reason !== null),
      () => `Nothing happens any more, and no reason is given: ${this.#stands().join(', ')}`,
    );
  }

  #heal(): void {
    for (const route of ROUTES) this.#hop.on(route, this.#hop.forward);
  }

  #stands(): readonly string[] {
    return this.core.runs.list().map(({ id }) => nameOfStand(this.core.runs.get(id)));
  }

  /** All is well again: every run must come to its end by itself, or ask the one question that is the user's. */
  async end(): Promise<readonly string[]> {
    this.#heal();
    this.core.settings.change({ paused: false });
    this.core.engine.wakeUp();
    const token = { from: 'typed', token: practice.token } as const;
    await this.core.connection.connect({ address: this.#hop.origin, token, keep: 'keychain', allowInsecure: false });
    await until(
      () => this.core.runs.list().every(({ id }) => isOver(this.core.runs.get(id))),
      () => `These runs come to no end: ${this.#stands().join(', ')}`,
    );
    return this.#stands();
  }

  async tally(): Promise<Tally> {
    const runs = this.core.runs.list().map(({ id }) => this.core.runs.get(id));
    // One after the other: each is put on the one table.
    let lost = this.#marks.length - runs.length;
    for (const run of runs) lost += await lostInputs(this.core, run);
    let unanswered = 0;
    for (const run of runs)
      if (run.state === 'succeeded' && run.reason !== 'answer-cut')
        unanswered += await lostResults(this.core, run, run.message.split(';')[0] ?? '');
    const answersCut = runs.reduce((sum, run) => sum + answerCut(this.core, run), 0);
    const execs = this.#marks.map((mark) => this.#hop.execsOf(mark));
    return { doubleExecs: doubles(execs), inputsLost: lost, resultsLost: unanswered, answersCut };
  }
}

/** What OmniTray takes for 3 s (quick-clock.ts). */
const LONGEST_PAUSE_MS = 150;

interface Search {
  readonly what: string;
  readonly cases: number;
  /** The same scripts on a slow way: a pause of up to 3 s before any piece of any answer, and cuts anywhere in it. */
  readonly isSlow: boolean;
}

const SEARCHES: readonly Search[] = [
  ...['one', 'two', 'three', 'four'].map((name) => ({ what: `search ${name}`, cases: CASES, isSlow: false })),
  ...['one', 'two', 'three'].map((name) => ({ what: `a slow way, search ${name}`, cases: CASES / 2, isSlow: true })),
];

describe('faults, stops, restarts and sleep in any order', () => {
  it.concurrent.for(SEARCHES.map((search) => [search.what, search] as const))(
    '%s',
    { timeout: 240_000 },
    async ([what, { cases, isSlow }], { task, expect }) => {
      const ends: string[] = [];
      const total = { ...NOTHING_LOST };
      // A failure names the seed of the pauses beside the script.
      await fc.assert(
        fc.asyncProperty(steps, fc.nat(), async (script, seed) => {
          const pace = isSlow ? { pace: randomPace(seed, LONGEST_PAUSE_MS) } : {};
          const hop = await startHop(practice.origin, ROUTES, pace);
          const home = await template.copyFor(hop.origin);
          const play = new Play(hop, home);
          try {
            for (const step of [{ do: 'run' }, { do: 'chat' }, ...script] as const) await play.take(step);
            ends.push(...(await play.end()));
            const tally = await play.tally();
            for (const name of NAMES) total[name] += tally[name];
            expect(tally).toEqual(NOTHING_LOST);
            expect(play.wrong).toEqual([]);
            expect(play.logger.errors).toEqual([]);
          } finally {
            play.core.close();
            await hop.close();
            await home.remove();
          }
        }),
        { numRuns: cases, endOnFailure: true },
      );
      const end = countsOf(ends)
        .map(([name, count]) => `${name}: ${count}`)
        .join(', ');
      record(task, {
        table: 'machine',
        what: `${cases} random scripts, ${what}`,
        end,
        runs: ends.length,
        tally: total,
      });
    },
  );
});
