import { afterAll, describe, expect, it } from 'vitest';
import { startPracticeServer } from '../../electron/practice/server.ts';
import { allowedAt, makePlace, playInChild, recover } from './support/crash.ts';
import type { Allowed, Recovered } from './support/crash.ts';
import { nameOf } from './support/crash-point.ts';
import type { CrashPoint } from './support/crash-point.ts';
import { doubles, record } from './support/record.ts';
import { SCENARIOS } from './support/scenarios.ts';
import type { Scenario } from './support/scenarios.ts';

const server = await startPracticeServer();
afterAll(() => server.close());

/** The points of an undisturbed run, in their order. */
async function pointsOf(scenario: Scenario): Promise<readonly CrashPoint[]> {
  const place = await makePlace(server, scenario);
  const { points } = await playInChild(place, scenario, null);
  await place.close();
  return points;
}

const order = new Map<Scenario, readonly CrashPoint[]>(
  await Promise.all(
    (['files', 'batch', 'chat', 'stop', 'waiting'] as const).map(
      async (scenario) => [scenario, await pointsOf(scenario)] as const,
    ),
  ),
);

/**
 * Every point of the run with two files. Of the others, where the same steps come again and, side by side, in any
 * number and order: the first of each kind that the run with files does not have, and one side of those it has.
 */
function chosen(scenario: Scenario): readonly CrashPoint[] {
  const points = order.get(scenario) ?? [];
  if (scenario === 'files') return points;
  const known = new Set(order.get('files')?.map(({ what, when }) => `${what} ${when}`));
  return points.filter(
    ({ what, when, nth }) =>
      nth === 1 &&
      (!known.has(`${what} ${when}`) ||
        (what.startsWith('sql') && when === 'after') ||
        when === 'sent' ||
        when === 'half'),
  );
}

/** Starts that must have reached the server, of a run that goes its way alone. */
function execsAt(points: readonly CrashPoint[], point: CrashPoint, { unstored, unconfirmed }: Allowed): number {
  if (unstored) return 0;
  const names = points.map(nameOf);
  const sent = points.findIndex(({ what, when }) => what.endsWith('/exec') && when === 'sent');
  return unconfirmed && names.indexOf(nameOf(point)) < sent ? 0 : 1;
}

/** Each run of a batch is somewhere else on its way when the process ends. */
function expectBatch({ runs, execs }: Recovered): void {
  const count = (state: string): number => runs.filter((run) => run.state === state).length;
  const started = execs.filter((each) => each === 1).length;
  expect(count('succeeded') + count('unconfirmed')).toBe(runs.length);
  expect(Math.max(...execs)).toBeLessThanOrEqual(1);
  expect(started).toBeGreaterThanOrEqual(count('succeeded'));
  expect(started).toBeLessThanOrEqual(runs.length);
}

describe.for([...order.keys()])('kill -9 in the scenario "%s"', { concurrent: true }, (scenario) => {
  it.for(chosen(scenario).map((point) => [nameOf(point), point] as const))(
    'at %s',
    async ([, point], { task, expect }) => {
      const place = await makePlace(server, scenario);
      try {
        const { signal } = await playInChild(place, scenario, point);
        expect(signal, 'the point was not reached').toBe('SIGKILL');
        const after = await recover(place, scenario);
        const tally = {
          doubleExecs: doubles(after.execs),
          inputsLost: after.inputsLost,
          resultsLost: after.resultsLost,
        };
        const end =
          after.runs.length === 0 ? 'not stored' : [...new Set(after.runs.map(({ state }) => state))].join('+');
        record(task, {
          table: 'crash',
          scenario,
          point: `${point.what} #${point.nth}`,
          when: point.when,
          end: `${end} ${after.execs.join('+')}`,
          runs: after.runs.length,
          tally,
        });
        expect(after.errors).toEqual([]);
        expect(tally).toEqual({ doubleExecs: 0, inputsLost: 0, resultsLost: 0 });
        if (scenario === 'batch') {
          expectBatch(after);
          return;
        }
        const points = order.get(scenario) ?? [];
        const allowed = allowedAt(points, point);
        expect(after.runs).toHaveLength(allowed.unstored ? 0 : 1);
        for (const run of after.runs)
          expect(allowed.unconfirmed ? ['unconfirmed'] : SCENARIOS[scenario].ends).toContain(run.state);
        expect(after.execs).toEqual([execsAt(points, point, allowed)]);
      } finally {
        await place.close();
      }
    },
  );
});
