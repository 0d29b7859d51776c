import { describe, expect, it } from 'vitest';
import { Session } from '../../../electron/core/omnitool/session.ts';

function sessionWith(prime: () => Promise<void>): { session: Session; primed: () => number; replaceToken: () => void } {
  let generation = 0;
  let count = 0;
  const session = new Session({
    credentials: () => ({ token: 'token', generation }),
    prime: () => {
      count += 1;
      return prime();
    },
  });
  return {
    session,
    primed: () => count,
    replaceToken: () => {
      generation += 1;
    },
  };
}

describe('a session', () => {
  it('is created once for concurrent callers', async () => {
    const { session, primed } = sessionWith(() => Promise.resolve());
    const jars = await Promise.all([session.jar(), session.jar(), session.jar()]);
    expect(new Set(jars).size).toBe(1);
    expect(await session.jar()).toBe(jars[0]);
    expect(primed()).toBe(1);
  });

  it('is created again after a failure', async () => {
    let fails = true;
    const { session, primed } = sessionWith(() => (fails ? Promise.reject(new Error('away')) : Promise.resolve()));
    await expect(Promise.all([session.jar(), session.jar()])).rejects.toThrow('away');
    fails = false;
    await session.jar();
    expect(primed()).toBe(2);
  });

  it('has a new cookie jar after the token was replaced', async () => {
    const { session, replaceToken } = sessionWith(() => Promise.resolve());
    const before = await session.jar();
    replaceToken();
    expect(await session.jar()).not.toBe(before);
  });

  it('never returns a jar of the old token when it was replaced meanwhile', async () => {
    const first = Promise.withResolvers<undefined>();
    const turns = [first.promise, Promise.resolve(undefined)];
    const { session, primed, replaceToken } = sessionWith(async () => {
      await turns.shift();
    });
    const waiting = session.jar();
    replaceToken();
    first.resolve(undefined);
    expect(await waiting).toBe(await session.jar());
    expect(primed()).toBe(2);
  });

  it('drops a refused jar once, and keeps a newer one', async () => {
    const { session, primed } = sessionWith(() => Promise.resolve());
    const refused = await session.jar();
    await Promise.all([session.drop(refused), session.drop(refused)]);
    const fresh = await session.jar();
    await session.drop(refused);
    expect(await session.jar()).toBe(fresh);
    expect(primed()).toBe(2);
  });
});
