/**
 * OmniTray's core in a process of its own, watching the runs that it finds in its folder. Says `ready` once it has
 * settled, and after the window what that cost; what it asked of the server is counted by the other side.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openFileKeychain } from '../support/file-keychain.ts';
import { openCore } from '../support/test-core.ts';

/** What watching cost in one window. */
export interface LiveCost {
  /** Processor time, in ms. */
  readonly cpu: number;
  /** Bytes in use at its end, after what nobody needs was thrown away. */
  readonly memory: number;
}

const [folder = '', settle = '', window = ''] = process.argv.slice(2);

const core = openCore({ folder, keychain: openFileKeychain(folder) });
core.engine.resume();
await core.connection.startUp();
// What a start costs is not what running costs.
await pause(Number(settle));
process.stdout.write('ready\n');
const before = process.cpuUsage();
await pause(Number(window));
const { user, system } = process.cpuUsage(before);
globalThis.gc?.();
const { heapUsed, external } = process.memoryUsage();
const cost: LiveCost = { cpu: (user + system) / 1_000, memory: heapUsed + external };
process.stdout.write(`${JSON.stringify(cost)}\n`);
core.close();
