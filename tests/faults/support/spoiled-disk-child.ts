/**
 * OmniTray's core on a disk that takes no result, in a mount namespace of its own. Prints where the run came to rest, and
 * where it ended when the disk was good again; its arguments are the folder and a command that mends the disk.
 */
import { execFileSync } from 'node:child_process';
import { openCore, startRecipe } from '../../support/test-core.ts';
import { quickClock } from '../../support/quick-clock.ts';
import { openFileKeychain } from '../../support/file-keychain.ts';
import { nameOfStand, isAtRest, isOver, runIs } from './stand.ts';

/** What came of it. */
export interface SpoiledDisk {
  readonly held: string;
  readonly end: string;
  /** Files of the result that are on the disk. */
  readonly kept: number;
  readonly texts: readonly string[];
}

const [folder = '', mend = '', input = '', mark = ''] = process.argv.slice(2);
const core = openCore({ folder, keychain: openFileKeychain(folder) }, { clock: quickClock });
// The disk is smaller than what is left free of it otherwise.
core.settings.change({ reserveBytes: 0 });
await core.connection.startUp();
const { id } = await startRecipe(core, 'Echo', [input], mark);
const held = nameOfStand(await runIs(core, id, isAtRest));
execFileSync('sh', ['-c', mend]);
const end = await runIs(core, id, isOver);
const { artifacts } = core.results.find(id);
const kept = artifacts.filter(({ file, problem }) => file !== null && problem === null).length;
const told: SpoiledDisk = { held, end: nameOfStand(end), kept, texts: core.runs.result(id).texts };
core.close();
process.stdout.write(JSON.stringify(told));
