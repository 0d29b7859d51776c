import { describe, expect, it } from 'vitest';
import { AppError } from '../../../electron/core/base/coded-error.ts';
import { OmnitoolError, type OmnitoolErrorCode } from '../../../electron/core/omnitool/errors.ts';
import { RecipeLoader } from '../../../electron/core/recipes/loader.ts';
import { TestClock } from '../../support/test-clock.ts';

const MINUTE = 60_000;

const failure = (code: OmnitoolErrorCode, more: object = {}) =>
  new OmnitoolError({ code, method: 'GET', path: '/api/v1/workflow/:id', sent: 'answered', status: null, ...more });

/** A loader whose loads end when the test ends them. */
function setUp() {
  const clock = new TestClock();
  const open = new Map<string, PromiseWithResolvers<'current' | 'outdated'>>();
  const asked: string[] = [];
  let isReachable = true;
  let checks = 0;
  const loader = new RecipeLoader({
    clock,
    load: (id) => {
      asked.push(id);
      const load = Promise.withResolvers<'current' | 'outdated'>();
      open.set(id, load);
      return load.promise;
    },
    isReachable: () => {
      checks += 1;
      return Promise.resolve(isReachable);
    },
    onFailure: () => undefined,
  });
  const end = async (id: string, reason?: unknown): Promise<void> => {
    const load = open.get(id);
    open.delete(id);
    if (reason === undefined || reason === 'outdated') load?.resolve(reason ?? 'current');
    else load?.reject(reason);
    await clock.pass(0);
  };
  return {
    loader,
    clock,
    asked,
    end,
    checks: () => checks,
    goAway: () => {
      isReachable = false;
    },
  };
}

describe('RecipeLoader', () => {
  it('loads three at a time, until all are loaded', async () => {
    const { loader, asked, end } = setUp();
    loader.fill(['a', 'b', 'c', 'd', 'e']);
    expect(asked).toEqual(['a', 'b', 'c']);
    await end('b');
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
    for (const id of ['a', 'c', 'd', 'e']) await end(id);
    expect(asked).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('loads those in view first, as of now', async () => {
    const { loader, asked, end } = setUp();
    loader.want(['f']);
    loader.fill(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(asked).toEqual(['f', 'a', 'b']);
    loader.want(['e', 'unheard-of', 'a']);
    await end('f');
    await end('a');
    expect(asked).toEqual(['f', 'a', 'b', 'e', 'c']);
  });

  it('waits for a listing, and requests nothing once stopped', async () => {
    const { loader, asked, end } = setUp();
    loader.want(['a']);
    expect(asked).toEqual([]);
    loader.fill(['a', 'b', 'c', 'd']);
    loader.stop();
    await end('a');
    loader.fill(['e']);
    expect(asked).toEqual(['a', 'b', 'c']);
  });

  it('loads a requested recipe at once and only once', async () => {
    const { loader, asked, end } = setUp();
    const first = loader.load('z');
    const second = loader.load('z');
    await end('z');
    await Promise.all([first, second]);
    loader.fill(['a', 'b', 'c', 'd']);
    const fourth = expect(loader.load('d')).rejects.toMatchObject({ code: 'recipe-unknown' });
    expect(asked).toEqual(['z', 'a', 'b', 'c', 'd']);
    await end('d', new AppError('recipe-unknown'));
    await fourth;
  });

  it('reloads a recipe that changed during its load, and only that one', async () => {
    const { loader, asked, end } = setUp();
    loader.fill(['a', 'b']);
    loader.fill(['a', 'b']);
    await end('b');
    await end('a', 'outdated');
    expect(asked).toEqual(['a', 'b', 'a']);
    await end('a');
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('retries a failed recipe at a listing after a pause that doubles each time', async () => {
    const { loader, clock, asked, end } = setUp();
    loader.fill(['a']);
    await end('a', failure('bad-reply'));
    loader.want(['a']);
    await clock.pass(10 * MINUTE);
    expect(asked).toEqual(['a']);
    loader.fill(['a']);
    await end('a', failure('bad-reply'));
    await clock.pass(MINUTE);
    loader.fill(['a']);
    expect(asked).toEqual(['a', 'a']);
    await clock.pass(MINUTE);
    loader.fill(['a']);
    expect(asked).toEqual(['a', 'a', 'a']);
  });

  it('stops when everything fails, until the next listing', async () => {
    const { loader, asked, end, checks } = setUp();
    const ids = Array.from({ length: 20 }, (_, index) => String(index));
    loader.fill(ids);
    for (const id of ids) await end(id, failure('server-error'));
    expect(asked).toEqual(ids.slice(0, 7));
    expect(checks()).toBe(0);
    loader.fill(ids);
    expect(asked.slice(7)).toEqual(['7', '8', '9']);
  });

  it('stops when the server is away, after one check for all running loads', async () => {
    const { loader, asked, end, checks, goAway } = setUp();
    goAway();
    loader.fill(['a', 'b', 'c', 'd']);
    await Promise.all(['a', 'b', 'c'].map((id) => end(id, failure('unreachable'))));
    expect(checks()).toBe(1);
    loader.want(['d']);
    expect(asked).toEqual(['a', 'b', 'c']);
    loader.fill(['a', 'd']);
    expect(asked).toEqual(['a', 'b', 'c', 'd', 'a']);
  });

  it('continues with others when one times out on a reachable server', async () => {
    const { loader, asked, end, checks } = setUp();
    loader.fill(['a', 'b', 'c', 'd']);
    await end('a', failure('timed-out'));
    expect(checks()).toBe(1);
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
  });

  it('stops when all time out on a reachable server', async () => {
    const { loader, asked, end } = setUp();
    const ids = Array.from({ length: 20 }, (_, index) => String(index));
    loader.fill(ids);
    for (const id of ids) await end(id, failure('timed-out'));
    expect(asked.length).toBeLessThan(10);
  });

  it('pauses as long as the server requests, then retries the same recipe', async () => {
    const { loader, clock, asked, end } = setUp();
    loader.fill(['a', 'b', 'c', 'd']);
    await end('a', failure('rate-limited', { status: 429, retryAfterMs: 5_000 }));
    await end('b');
    await clock.pass(4_999);
    expect(asked).toEqual(['a', 'b', 'c']);
    await clock.pass(1);
    expect(asked).toEqual(['a', 'b', 'c', 'd', 'a']);
    loader.stop();
    expect(clock.timers).toBe(0);
  });
});
