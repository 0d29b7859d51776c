import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../electron/core/omnitool/schemas.ts';
import {
  candidatesOf,
  type JobsOnServer,
  reconcile,
  type Unanswered,
} from '../../../../electron/core/runs/collect/reconciler.ts';

const job = (id: string, state = 'running', user = 'me'): Job => ({ id, state, user });
const run = (id: string, jobsBefore: readonly string[] | null = ['old']): Unanswered => ({ id, jobsBefore });
const server = (jobsNow: readonly Job[], change: Partial<JobsOnServer> = {}): JobsOnServer => ({
  jobsNow,
  user: 'me',
  known: new Set(),
  ...change,
});

describe('candidatesOf', () => {
  it('finds the one new job', () => {
    expect(candidatesOf(run('a'), server([job('old'), job('new')]))).toEqual(['new']);
  });

  it.each(['running', 'success', 'error', 'forceStop', 'stopped', 'something new'])(
    'takes one in state %s',
    (state) => {
      expect(candidatesOf(run('a'), server([job('new', state)]))).toEqual(['new']);
    },
  );

  it.each([
    ['was there before', [job('old')], {}],
    ['is another user’s', [job('new', 'running', 'somebody')], {}],
    ['is another run’s', [job('new')], { known: new Set(['new']) }],
    ['is what a refused start leaves behind', [job('new', 'ready')], {}],
  ])('leaves out one that %s', (_what, jobs, change) => {
    expect(candidatesOf(run('a'), server(jobs, change))).toEqual([]);
  });

  it('gives null when nothing is known', () => {
    expect(candidatesOf(run('a', null), server([job('new')]))).toBeNull();
    expect(candidatesOf(run('a'), server([job('new')], { user: null }))).toBeNull();
  });

  it('counts a job that is listed twice once', () => {
    expect(candidatesOf(run('a'), server([job('new'), job('new')]))).toEqual(['new']);
  });
});

describe('reconcile', () => {
  it('gives the one new job to the one run', () => {
    const found = reconcile([run('a')], server([job('old'), job('new')]));
    expect(found.get('a')).toEqual({ candidates: ['new'], adoptable: 'new' });
  });

  it.each([
    ['none', []],
    ['two', [job('x'), job('y')]],
  ])('gives nothing where %s can be it', (_what, jobs) => {
    expect(reconcile([run('a')], server(jobs)).get('a')?.adoptable).toBeNull();
  });

  it('gives a job to none of two runs that see it', () => {
    const found = reconcile([run('a'), run('b')], server([job('new')]));
    expect([...found.values()]).toEqual([
      { candidates: ['new'], adoptable: null },
      { candidates: ['new'], adoptable: null },
    ]);
  });

  it('gives no job that can be the job of a run that is being started, also if that was sent later', () => {
    const found = reconcile([run('a', []), run('being started', ['x'])], server([job('x'), job('y')]));
    expect(found.get('a')).toEqual({ candidates: ['x', 'y'], adoptable: null });
    expect(found.get('being started')).toEqual({ candidates: ['y'], adoptable: null });
  });

  it('gives each run its own job when they cannot be confused', () => {
    // `b` was sent when `x` was there; `x` was seen by `a` alone, as `y` was there before `a`.
    const found = reconcile([run('a', ['y']), run('b', ['x'])], server([job('x'), job('y')]));
    expect([found.get('a')?.adoptable, found.get('b')?.adoptable]).toEqual(['x', 'y']);
  });

  it('gives no job while a run with unknown candidates may have it', () => {
    expect(reconcile([run('a'), run('b', null)], server([job('new')])).get('a')).toEqual({
      candidates: ['new'],
      adoptable: null,
    });
  });
});

describe('reconcile, with random answers of the server', () => {
  const ids = fc.constantFrom('j1', 'j2', 'j3', 'j4', 'j5');
  const jobs = fc.array(
    fc.record({
      id: ids,
      state: fc.constantFrom('running', 'success', 'error', 'forceStop', 'stopped', 'ready'),
      user: fc.constantFrom('me', 'other'),
    }),
  );
  const before = fc.option(fc.array(ids), { freq: 6 });

  it('never gives a job to two runs, nor one that is old, foreign, a ghost, or known', () => {
    fc.assert(
      fc.property(fc.array(before, { maxLength: 4 }), jobs, fc.array(ids), (befores, jobsNow, others) => {
        const runs = befores.map((jobsBefore, index) => run(`run ${index}`, jobsBefore));
        const found = reconcile(runs, server(jobsNow, { known: new Set(others) }));
        const given = [...found.values()].flatMap(({ adoptable }) => adoptable ?? []);
        expect(new Set(given).size).toBe(given.length);
        expect([...found.keys()]).toEqual(runs.map(({ id }) => id));
        for (const { id, jobsBefore } of runs) {
          const { candidates = null, adoptable = null } = found.get(id) ?? {};
          expect(candidates === null).toBe(jobsBefore === null);
          if (adoptable === null) continue;
          expect(candidates).toEqual([adoptable]);
          expect(jobsBefore).not.toContain(adoptable);
          expect(others).not.toContain(adoptable);
          expect(jobsNow).toContainEqual(
            expect.objectContaining({ id: adoptable, user: 'me', state: expect.not.stringMatching('ready') as string }),
          );
          expect(
            [...found].filter(([other, { candidates: theirs }]) => other !== id && theirs?.includes(adoptable)),
          ).toEqual([]);
        }
      }),
    );
  });

  it('never gives a run the job of another, with several lost starts in a row', () => {
    // What happened on the server, step by step: a start that made a job or not, answered or not; a job of a web page.
    const event = fc.record({
      what: fc.constantFrom('answered', 'lost', 'lost before it arrived', 'elsewhere, and known'),
      listedBefore: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), (events) => {
        const listed: Job[] = [];
        const known = new Set<string>();
        const truth = new Map<string, string | null>();
        const runs: Unanswered[] = [];
        let lastList: string[] = [];
        events.forEach(({ what, listedBefore }, index) => {
          // A list that is older than the start shows fewer jobs, never more.
          if (listedBefore) lastList = listed.map(({ id }) => id);
          const arrives = what !== 'lost before it arrived';
          const id = `job ${index}`;
          if (arrives) listed.push(job(id));
          if (what === 'answered' || what === 'elsewhere, and known') known.add(id);
          if (what.startsWith('lost')) {
            runs.push(run(`run ${index}`, [...lastList]));
            truth.set(`run ${index}`, arrives ? id : null);
          }
        });
        for (const [id, { adoptable }] of reconcile(runs, server(listed, { known }))) {
          if (adoptable !== null) expect(adoptable).toBe(truth.get(id));
        }
      }),
    );
  });
});
