/**
 * OmniTray's core in a process of its own, doing one job until it is done or the process ends at a crash point. What it
 * is to do comes as JSON in its first argument; on a run to the end it prints the points it came by.
 */
// First of all: what is loaded after it finds its points in place.
import { arm, pointsSeen } from './crash-points.ts';
import { join } from 'node:path';
import { openCore } from '../../support/test-core.ts';
import { quickClock } from '../../support/quick-clock.ts';
import { type CrashEnd, type CrashPoint, nameOf } from './crash-point.ts';
import { openFileKeychain } from '../../support/file-keychain.ts';
import { play, type Scenario } from './scenarios.ts';

export interface CrashTask {
  /** A folder in which a server is connected already. */
  readonly folder: string;
  readonly scenario: Scenario;
  /** In the message of every run, so that the server's account tells them from all others. */
  readonly mark: string;
  readonly inputs: readonly string[];
  /** Where the process ends; null: it does not. */
  readonly crashAt: CrashPoint | null;
  readonly end: CrashEnd;
}

const task = JSON.parse(process.argv[2] ?? '') as CrashTask;
const core = openCore({ folder: task.folder, keychain: openFileKeychain(task.folder) }, { clock: quickClock });
await core.connection.startUp();
await core.catalogue.refresh();
arm(join(task.folder, 'results'), task.crashAt === null ? null : nameOf(task.crashAt), task.end);
await play(core, task);
const points = [...pointsSeen()];
core.close();
process.stdout.write(JSON.stringify(points));
