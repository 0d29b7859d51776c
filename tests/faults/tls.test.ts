import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it } from 'vitest';
import type { RunReason } from '../../electron/contract/views.ts';
import { selfSigned } from '../integration/omnitool/self-signed.ts';
import { quickClock } from '../support/quick-clock.ts';
import { LoudLogger, openCore, startRecipe } from '../support/test-core.ts';
import { practiceGround } from './support/ground.ts';
import { startHop } from './support/hop.ts';
import { NOTHING_LOST, record } from './support/record.ts';
import { lostInputs } from './support/losses.ts';
import { isAtRest, nameOfStand, runIs } from './support/stand.ts';

const MARK = 'never in the clear';

const { practice, template } = await practiceGround();

/** What answers where OmniTray expects its server behind TLS. */
interface Listener {
  readonly origin: string;
  /** Whatever came that can be read without TLS, or through a TLS that nobody should trust. */
  readonly asked: readonly unknown[];
  close(): Promise<void>;
}

/** Takes the greeting of a TLS client, and hangs up. */
async function startRudely(): Promise<Listener> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .once('data', (bytes) => {
        if (/^[A-Z]+ \//.test(bytes.toString('latin1'))) asked.push(bytes.toString('latin1'));
        socket.destroy();
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.close();
    await once(server, 'close');
  };
  return { origin: `http://127.0.0.1:${port}`, asked, close };
}

const LISTENERS: readonly (readonly [fault: string, reason: RunReason, listen: () => Promise<Listener>])[] = [
  ['a certificate nobody trusts', 'server-tls', () => startHop(practice.origin, [], { tls: selfSigned })],
  ['no TLS at all', 'server-tls', () => startHop(practice.origin)],
  ['a handshake that is cut off', 'server-away', startRudely],
];

describe('a server behind TLS that cannot be trusted', () => {
  it.concurrent.for(LISTENERS)('%s', async ([fault, reason, listen], { task, expect }) => {
    const listener = await listen();
    const home = await template.copyFor(listener.origin.replace(/^http:/, 'https:'));
    const logger = new LoudLogger();
    const core = openCore(home, { clock: quickClock, logger });
    try {
      const { id } = await startRecipe(core, 'Echo', [], MARK);
      const run = await runIs(core, id, isAtRest);
      const stand = nameOfStand(run);
      const tally = { ...NOTHING_LOST, doubleExecs: listener.asked.length, inputsLost: await lostInputs(core, run) };
      record(task, { table: 'fault', route: 'any, by TLS', fault, during: stand, end: stand, runs: 1, tally });
      expect(tally).toEqual(NOTHING_LOST);
      expect(stand).toBe(`waiting (${reason})`);
      // Neither the token nor anything else went through a line that is not what it should be.
      expect(listener.asked).toEqual([]);
      expect(logger.errors).toEqual([]);
    } finally {
      core.close();
      await listener.close();
      await home.remove();
    }
  });
});
