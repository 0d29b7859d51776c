import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import type { KeychainReply, KeychainRequest } from '../../support/keychain-child.ts';
import { startPrivateKeyring, startPrivateSession } from '../../support/keyring.ts';

const CHILD = new URL('../../support/keychain-child.ts', import.meta.url).pathname;

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

interface Child {
  ask(request: KeychainRequest): Promise<KeychainReply>;
  readonly process: ChildProcess;
}

/** A process that uses the keychain of the given session and no other. */
function startChild(env: Readonly<Record<string, string>>, timeoutMs = 5_000): Child {
  const child = spawn(process.execPath, [CHILD], {
    env: { PATH: process.env.PATH, KEYCHAIN_TIMEOUT_MS: String(timeoutMs), ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  cleanUps.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  });
  return {
    process: child,
    ask: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value } = await lines.next();
      return JSON.parse(value ?? 'null') as KeychainReply;
    },
  };
}

async function keyring() {
  const started = await startPrivateKeyring();
  cleanUps.push(() => started.stop());
  return started;
}

describe('the keychain of the system', () => {
  it('keeps a secret after the process ends, replaces it, and removes it', async () => {
    const { env } = await keyring();
    const first = startChild({ ...env });
    expect(await first.ask({ call: 'read', account: 'a' })).toMatchObject({ value: null });
    expect(await first.ask({ call: 'write', account: 'a', secret: 'tök-1' })).toMatchObject({ value: null });
    expect(await first.ask({ call: 'write', account: 'a', secret: 'tök-2' })).toMatchObject({ value: null });
    expect(await first.ask({ call: 'write', account: 'b', secret: 'other' })).toMatchObject({ value: null });

    const second = startChild({ ...env });
    expect(await second.ask({ call: 'read', account: 'a' })).toMatchObject({ value: 'tök-2' });
    expect(await second.ask({ call: 'remove', account: 'a' })).toMatchObject({ value: null });
    expect(await second.ask({ call: 'remove', account: 'a' })).toMatchObject({ value: null });
    expect(await second.ask({ call: 'read', account: 'a' })).toMatchObject({ value: null });
    expect(await second.ask({ call: 'read', account: 'b' })).toMatchObject({ value: 'other' });
  });

  it('is ready when it is open, and the test of it leaves no item', async () => {
    const { env } = await keyring();
    const child = startChild({ ...env });
    expect(await child.ask({ call: 'probe' })).toMatchObject({ value: 'ready' });
    expect(await child.ask({ call: 'read', account: 'keychain check' })).toMatchObject({ value: null });
  });

  it('takes a token of the longest allowed length', async () => {
    const { env } = await keyring();
    const child = startChild({ ...env });
    const secret = 'e'.repeat(16_384);
    await child.ask({ call: 'write', account: 'a', secret });
    expect(await child.ask({ call: 'read', account: 'a' })).toMatchObject({ value: secret });
  });

  it('is absent without a session bus', async () => {
    const child = startChild({ HOME: '/nonexistent' });
    const reply = await child.ask({ call: 'read', account: 'a' });
    expect(reply).toMatchObject({ failure: 'keychain-absent', isHanging: false });
    expect(reply.tookMs).toBeLessThan(2_000);
    expect(await child.ask({ call: 'write', account: 'a', secret: 's' })).toMatchObject({ failure: 'keychain-absent' });
    expect(await child.ask({ call: 'probe' })).toMatchObject({ value: 'absent' });
  });

  it('is absent when the bus address is dead', async () => {
    const child = startChild({ HOME: '/nonexistent', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' });
    expect(await child.ask({ call: 'read', account: 'a' })).toMatchObject({ failure: 'keychain-absent' });
  });

  it('is absent when the bus has no secret service', async () => {
    const session = await startPrivateSession();
    cleanUps.push(() => session.stop());
    const child = startChild({ ...session.env });
    expect(await child.ask({ call: 'read', account: 'a' })).toMatchObject({ failure: 'keychain-absent' });
    expect(await child.ask({ call: 'remove', account: 'a' })).toMatchObject({ failure: 'keychain-absent' });
    expect(await child.ask({ call: 'probe' })).toMatchObject({ value: 'absent' });
  });

  it('is locked, not empty, when the user did not unlock it', async () => {
    const { env, lock } = await keyring();
    const child = startChild({ ...env });
    await child.ask({ call: 'write', account: 'a', secret: 'kept' });
    await lock();
    expect(await child.ask({ call: 'read', account: 'a' })).toMatchObject({ failure: 'keychain-locked' });
    expect(await child.ask({ call: 'write', account: 'a', secret: 'new' })).toMatchObject({
      failure: 'keychain-locked',
    });
    expect(await child.ask({ call: 'probe' })).toMatchObject({ value: 'locked' });
  });

  it('times out when it does not answer, and is used again once it does', async () => {
    const { env, freeze, thaw } = await keyring();
    const child = startChild({ ...env }, 300);
    await child.ask({ call: 'write', account: 'a', secret: 'kept' });

    freeze();
    const late = await child.ask({ call: 'read', account: 'a' });
    expect(late).toMatchObject({ failure: 'keychain-unanswered', isHanging: true });
    expect(late.tookMs).toBeGreaterThan(250);
    const next = await child.ask({ call: 'read', account: 'a' });
    expect(next).toMatchObject({ failure: 'keychain-unanswered', isHanging: true });
    expect(next.tookMs).toBeLessThan(100);

    thaw();
    const back = await untilBack(() => child.ask({ call: 'read', account: 'a' }));
    expect(back).toMatchObject({ value: 'kept', isHanging: false });
  });

  it('holds no secret whose write was reported as failed', async () => {
    const { env, freeze, thaw } = await keyring();
    const child = startChild({ ...env }, 300);
    await child.ask({ call: 'probe' });
    freeze();
    expect(await child.ask({ call: 'write', account: 'a', secret: 'late' })).toMatchObject({
      failure: 'keychain-unanswered',
    });
    thaw();
    expect(await untilBack(() => child.ask({ call: 'read', account: 'a' }))).toMatchObject({ value: null });
  });

  it('does not stop a process from exiting with its exit code', async () => {
    const { env, freeze } = await keyring();
    const child = startChild({ ...env }, 300);
    await child.ask({ call: 'probe' });
    freeze();
    expect(await child.ask({ call: 'read', account: 'a' })).toMatchObject({ isHanging: true });
    const exit = once(child.process, 'exit');
    child.process.stdin?.write(`${JSON.stringify({ call: 'leave', code: 5 })}\n`);
    expect(await exit).toEqual([5, null]);
  }, 10_000);
});

/** Asks again until the call that hung has come back. */
async function untilBack(ask: () => Promise<KeychainReply>): Promise<KeychainReply> {
  for (;;) {
    const reply = await ask();
    if (!reply.isHanging) return reply;
  }
}
