import { afterAll, describe, it } from 'vitest';
import {
  expectedAt,
  type Fate,
  IN_DOUBT,
  makeGround,
  makePlace,
  playInChild,
  recover,
  UNSTORED,
} from './support/crash.ts';
import { type CrashEnd, type CrashPoint, nameOf } from './support/crash-point.ts';
import { doubles, NOTHING_LOST, record } from './support/record.ts';
import type { Scenario } from './support/scenarios.ts';

const ground = await makeGround();
afterAll(() => ground.close());

/** The points of an undisturbed run, in their order. */
async function pointsOf(scenario: Scenario): Promise<readonly CrashPoint[]> {
  const place = await makePlace(ground, scenario);
  const { points } = await playInChild(place, scenario, null);
  await place.close();
  return points;
}

/** `FAULTS=all` takes every moment there is; without it, those that differ in what they leave behind. */
const TAKES_ALL = process.env.FAULTS === 'all';

const NAMES = ['files', 'batch', 'chat', 'stop', 'waiting'] as const;
const order = new Map<Scenario, readonly CrashPoint[]>(
  await Promise.all(NAMES.map(async (scenario) => [scenario, await pointsOf(scenario)] as const)),
);

const kindOf = ({ what, when }: CrashPoint): string => `${what} ${when}`;

/** Nothing can happen between the end of one statement and the beginning of the next: one moment, not two. */
const isSameMoment = (before: CrashPoint | undefined, { what, when }: CrashPoint): boolean =>
  when === 'before' && what.startsWith('sql') && before?.when === 'after' && before.what.startsWith('sql');

/** From here on a chat answer is on its way, and the server tells it once (wire 12). */
const isTelling = (points: readonly CrashPoint[], point: CrashPoint): boolean =>
  points.indexOf(point) > points.findIndex(({ what }) => what.endsWith('state = running')) &&
  /listen$|COMMIT$|chat_messages$|answer_cut$|_heard$|session_job$|drained$/.test(point.what);

/** Until COMMIT nothing of a transaction is on the disk: all its statements are one moment, of which this is the last. */
function isInside(moments: readonly CrashPoint[], index: number): boolean {
  const rest = moments.slice(index + 1).filter(({ what }) => what.startsWith('sql'));
  const end = rest.findIndex(({ what }) => /COMMIT|BEGIN/.test(what));
  return end > 0 && rest[end]?.what === 'sql COMMIT';
}

/** How often the blocks of a job are noted depends on how its news arrives: another process may come by no such point. */
const isOfNews = ({ what }: CrashPoint): boolean => what.endsWith('blocks_seen');

/** What is done to each of two files, and again and again: the first time, and when the server has been asked again. */
const isRepeated = ({ what, when, nth }: CrashPoint): boolean =>
  nth > 1 && !what.startsWith('sql') && (when !== 'sent' || what.endsWith('/jobs'));

/**
 * Whether a crash here leaves something behind that a crash at the point before does not: on the disk after a write, at
 * the server once a request was sent. A reply changes neither before it is stored.
 */
const leavesMore = ({ what, when }: CrashPoint): boolean =>
  what.startsWith('http') ? when === 'sent' : when !== 'before';

const isStart = ({ what, when }: CrashPoint): boolean =>
  what.endsWith('/exec') || (what === 'sql COMMIT' && when === 'after');

/**
 * Where the process is ended: in the run with two files at every point that leaves something behind, in the other
 * scenarios, where the same steps come again and side by side, at the first of each kind that is new; around the start
 * everywhere. With `FAULTS=all` also where the same is left behind, inside of transactions, and at every step of the
 * second file.
 */
function chosen(scenario: Scenario): readonly CrashPoint[] {
  const points = (order.get(scenario) ?? []).filter((point) => !isOfNews(point));
  const moments = points.filter((point, index) => !isSameMoment(points[index - 1], point));
  if (scenario === 'files' && TAKES_ALL) return moments.filter(({ what, nth }) => nth <= 2 || !what.endsWith('/jobs'));
  const known = new Set(order.get('files')?.map(kindOf));
  const isOfInterest = (point: CrashPoint): boolean =>
    !known.has(kindOf(point)) || isStart(point) || (scenario === 'batch' && point.when === 'after');
  const isNew = (point: CrashPoint): boolean =>
    scenario === 'files' ? !isRepeated(point) : point.nth === 1 && isOfInterest(point);
  const isSpoken = (point: CrashPoint): boolean => scenario === 'chat' && isTelling(points, point);
  return moments.filter((point, index) => {
    if (isSpoken(point)) return true;
    return isNew(point) && (TAKES_ALL || isStart(point) || (leavesMore(point) && !isInside(moments, index)));
  });
}

/** Each run of a batch is somewhere else on its way when the process ends. */
const ANY_FATE: readonly Fate[] = [UNSTORED, IN_DOUBT, { end: 'succeeded', execs: 1 }];

/**
 * Where results are written, and until the run is known to be done: what a power cut can take is there. One step after
 * the other, so that the end of each is the beginning of the next.
 */
function whileWriting(): readonly CrashPoint[] {
  const points = order.get('files') ?? [];
  const isOfInterest = ({ what, when }: CrashPoint): boolean =>
    when !== 'before' && (what.startsWith('file ') || what.startsWith('sql UPDATE'));
  return points.slice(points.findIndex(({ what }) => what.startsWith('file '))).filter(isOfInterest);
}

interface Matrix {
  readonly name: string;
  readonly scenario: Scenario;
  readonly end: CrashEnd;
  readonly points: readonly CrashPoint[];
}

const MATRICES: readonly Matrix[] = [
  ...NAMES.map((scenario): Matrix => ({
    name: `kill -9, ${scenario}`,
    scenario,
    end: 'kill',
    points: chosen(scenario),
  })),
  { name: 'power cut, files', scenario: 'files', end: 'power cut', points: whileWriting() },
];

describe.for(MATRICES)('$name', ({ name, scenario, end, points }) => {
  it.concurrent.for(points.map((point) => [nameOf(point), point] as const))(
    'at %s',
    async ([, point], { task, expect }) => {
      const place = await makePlace(ground, scenario);
      try {
        const { signal } = await playInChild(place, scenario, point, end);
        expect(signal, 'the point was not reached').toBe('SIGKILL');
        const after = await recover(place, scenario);
        const { fates, inputsLost, resultsLost, answersCut, errors } = after;
        const tally = { doubleExecs: doubles(fates.map(({ execs }) => execs)), inputsLost, resultsLost, answersCut };
        record(task, {
          table: 'crash',
          scenario: name,
          point: `${point.what} #${point.nth}`,
          when: point.when,
          end: [...new Set(fates.map(({ end, execs }) => `${end} ${execs}`))].join(', '),
          runs: fates.length,
          tally,
        });
        expect(errors).toEqual([]);
        expect(tally).toEqual(NOTHING_LOST);
        const allowed = scenario === 'batch' ? ANY_FATE : expectedAt(scenario, order.get(scenario) ?? [], point);
        for (const fate of fates) expect(allowed).toContainEqual(fate);
      } finally {
        await place.close();
      }
    },
  );
});
