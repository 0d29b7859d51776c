import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue, type Queued } from '../../../../electron/core/runs/send/fair-queue.ts';

/** `a1`, `a2` and so on are of batch `a`; a bare number is of none. */
const runOf = (id: string): Queued => ({ id, batchId: /^[a-z]/.exec(id)?.[0] ?? null });

function queueOf(ids: readonly string[], limit = 1_000): FairQueue {
  const queue = new FairQueue(limit);
  for (const id of ids) queue.add(runOf(id));
  return queue;
}

/** Takes until there is nothing to take, and lets go of none. */
function takeAll(queue: FairQueue, canTake?: (run: Queued) => boolean): readonly string[] {
  const taken: string[] = [];
  for (let run = queue.next(0, canTake); run !== null; run = queue.next(0, canTake)) taken.push(run.id);
  return taken;
}

describe('FairQueue', () => {
  it('takes turns between batches and keeps the order within each', () => {
    expect(takeAll(queueOf(['a1', 'a2', 'a3', 'b1', '7', 'b2', '8']))).toEqual([
      'a1',
      'b1',
      '7',
      '8',
      'a2',
      'b2',
      'a3',
    ]);
  });

  it('gives a later run its turn before a large batch is finished', () => {
    const queue = queueOf(Array.from({ length: 1_000 }, (_, index) => `a${index}`));
    queue.next(0);
    queue.add(runOf('1'));
    expect(takeAll(queue).indexOf('1')).toBeLessThanOrEqual(1);
  });

  it('holds each run once, also while it is taken', () => {
    const queue = queueOf(['a1', 'a1', 'a2']);
    expect(queue.next(0)?.id).toBe('a1');
    queue.add(runOf('a1'));
    expect(takeAll(queue)).toEqual(['a2']);
    expect(queue).toMatchObject({ taken: 2, waiting: 0 });
  });

  it('puts a run that could not be sent back at its place', () => {
    const queue = queueOf(['a1', 'a2', 'a3', 'a4']);
    expect([queue.next(0)?.id, queue.next(0)?.id, queue.next(0)?.id]).toEqual(['a1', 'a2', 'a3']);
    queue.requeue('a3');
    queue.requeue('a1');
    queue.requeue('a1');
    expect(takeAll(queue)).toEqual(['a1', 'a3', 'a4']);
  });

  it('forgets removed runs, waiting or taken', () => {
    const queue = queueOf(['a1', 'a2', 'a3'], 1);
    queue.next(0);
    queue.remove('a2');
    queue.remove('unknown');
    expect(queue.next(0)).toBeNull();
    queue.remove('a1');
    queue.requeue('a1');
    expect(takeAll(queue)).toEqual(['a3']);
    expect(queue.has('a1')).toBe(false);
    queue.remove('a3');
    queue.add(runOf('a1'));
    expect(takeAll(queue)).toEqual(['a1']);
  });

  it('skips a batch whose first run may not be taken, and keeps its order', () => {
    const queue = queueOf(['a1', 'a2', 'b1', 'b2']);
    expect(takeAll(queue, ({ id }) => id !== 'a1')).toEqual(['b1', 'b2']);
    expect(takeAll(queue)).toEqual(['a1', 'a2']);
  });

  it.each([
    ['none', 0, 3],
    ['some', 2, 1],
    ['more than are allowed', 5, 0],
  ] as const)('keeps to the limit with %s at work on the server', (_what, running, expected) => {
    const queue = queueOf(['a1', 'a2', 'a3', 'a4', 'a5'], 3);
    let taken = 0;
    while (queue.next(running) !== null) taken += 1;
    expect(taken).toBe(expected);
  });

  it('applies a new limit at once', () => {
    const queue = queueOf(['a1', 'a2', 'a3', 'a4'], 1);
    expect(takeAll(queue)).toEqual(['a1']);
    queue.limit(3);
    expect(takeAll(queue)).toEqual(['a2', 'a3']);
    queue.limit(2);
    queue.remove('a1');
    expect(queue.next(0)).toBeNull();
    queue.remove('a2');
    expect(queue.next(0)?.id).toBe('a4');
  });
});

describe('FairQueue, with random calls', () => {
  const id = fc
    .tuple(fc.constantFrom('a', 'b', 'c', ''), fc.integer({ min: 0, max: 30 }))
    .map(([batch, number]) => `${batch}${number}`);
  type Step = readonly [what: 'add' | 'next' | 'requeue' | 'remove' | 'limit', id: string, limit: number];
  const step: fc.Arbitrary<Step> = fc.tuple(
    fc.constantFrom('add', 'add', 'next', 'next', 'requeue', 'remove', 'limit'),
    id,
    fc.integer({ min: 0, max: 5 }),
  );

  it('loses no run, gives none out twice, and keeps the order of each batch', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = queueOf([], 3);
        let limit = 3;
        /** What has to be in there, in order of arrival, and what of it is taken: kept apart from the queue's own account. */
        let inside: string[] = [];
        const taken = new Set<string>();
        for (const [what, run, number] of steps) {
          if (what === 'add' && !inside.includes(run)) inside.push(run);
          if (what === 'add') queue.add(runOf(run));
          if (what === 'limit') queue.limit((limit = number));
          if (what === 'requeue') taken.delete(run);
          if (what === 'requeue') queue.requeue(run);
          if (what === 'remove') {
            queue.remove(run);
            taken.delete(run);
            inside = inside.filter((each) => each !== run);
          }
          if (what === 'next') {
            const next = queue.next(0);
            const waiting = inside.filter((each) => !taken.has(each));
            expect(next === null).toBe(waiting.length === 0 || taken.size >= limit);
            if (next === null) continue;
            const sameBatch = waiting.filter((each) => runOf(each).batchId === next.batchId && next.batchId !== null);
            expect(next.id).toBe(sameBatch[0] ?? waiting.find((each) => each === next.id));
            taken.add(next.id);
          }
          expect(queue).toMatchObject({ taken: taken.size, waiting: inside.length - taken.size });
        }
        const waiting = inside.filter((each) => !taken.has(each));
        queue.limit(1_000);
        expect([...takeAll(queue)].sort()).toEqual(waiting.sort());
      }),
    );
  });

  it('serves every batch: none gets two more turns before each other batch gets one', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 100 }), fc.array(id, { maxLength: 20 }), (first, late) => {
        const queue = queueOf(first);
        const lateOnes = [...late];
        const lanesWaiting = new Map<string, Map<string, number>>();
        const laneOf = (run: string): string => runOf(run).batchId ?? run;
        const waiting = new Set(first);
        for (let run = queue.next(0); run !== null; run = queue.next(0)) {
          waiting.delete(run.id);
          // How often others were served while a lane waited.
          const lane = laneOf(run.id);
          lanesWaiting.delete(lane);
          for (const other of new Set([...waiting].map(laneOf))) {
            if (other === lane) continue;
            const served = lanesWaiting.get(other) ?? new Map<string, number>();
            lanesWaiting.set(other, served.set(lane, (served.get(lane) ?? 0) + 1));
            expect(served.get(lane)).toBeLessThanOrEqual(1);
          }
          const next = lateOnes.shift();
          if (next !== undefined && !queue.has(next)) {
            queue.add(runOf(next));
            waiting.add(next);
          }
        }
      }),
    );
  });
});
