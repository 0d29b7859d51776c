import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startFaultProxy } from '../../support/fault-proxy.ts';
import { type PrivateSession, startPrivateKeyring, startPrivateSession } from '../../support/keyring.ts';
import { useCommand } from './set-up.ts';

const PROGRAM = join(import.meta.dirname, '../../../electron/cli.ts');

const command = useCommand();
let session: PrivateSession;

afterEach(() => session.stop());

interface Terminal {
  /** All that the terminal has shown so far. */
  readonly screen: () => string;
  type(text: string): void;
  /** Resolves once the screen holds it; rejects where the command ends before. */
  shows(text: string): Promise<void>;
  readonly exit: Promise<number | null>;
}

/** Runs the command in a real pseudo-terminal, as a person has it. */
function openTerminal(...args: readonly string[]): Terminal {
  const quoted = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', quoted, '/dev/null'], {
    env: { PATH: process.env.PATH, ...session.env, OMNITRAY_HOME: join(command.home, 'omnitray'), TERM: 'xterm' },
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return {
    screen: () => shown,
    type: (text) => void child.stdin.write(text),
    shows: async (text) => {
      while (!shown.includes(text)) {
        const next = await Promise.race([once(child.stdout, 'data').then(() => 'more' as const), exit]);
        if (next !== 'more' && !shown.includes(text)) throw new Error(`The command ended with:\n${shown}`);
      }
    },
    exit,
  };
}

describe.runIf(process.platform === 'linux')('the token prompt of a terminal', () => {
  it('prompts with a text and never shows the token, even one pasted during a request to the server', async () => {
    session = await startPrivateKeyring();
    const proxy = await startFaultProxy(command.server.origin);
    proxy.fail('GET /version', 'hold', 1);
    const terminal = openTerminal('connect', proxy.origin);
    await vi.waitFor(() => expect(proxy.seen).toContain('GET /version'), { timeout: 15_000 });
    terminal.type(`${command.server.token}\r`);
    proxy.release();
    expect(await terminal.exit).toBe(0);
    await proxy.close();
    expect(terminal.screen()).toContain('Token: ');
    expect(terminal.screen()).toContain('Connected to');
    expect(terminal.screen()).not.toContain(command.server.token.slice(0, 10));
  });

  it('ends with Ctrl+C', async () => {
    session = await startPrivateKeyring();
    const terminal = openTerminal('connect', command.server.origin);
    await terminal.shows('Token: ');
    terminal.type('\u0003');
    expect(await terminal.exit).toBe(130);
  });

  it('is not shown if no keychain can store the token', async () => {
    session = await startPrivateSession();
    const terminal = openTerminal('connect', command.server.origin);
    expect(await terminal.exit).toBe(3);
    expect(terminal.screen()).toContain('OMNITRAY_TOKEN');
    expect(terminal.screen()).not.toContain('Token: ');
  });
});
