/**
 * OmniTray's core on a disk that is too small for a result, in a mount namespace of its own. Prints where the run came to
 * rest when the disk was full, and where it ended when there was room; its arguments are the folder and a file to give up.
 */
import { rmSync } from 'node:fs';
import { openCore, startRecipe } from '../../support/test-core.ts';
import { quickClock } from '../../support/quick-clock.ts';
import { openFileKeychain } from './file-keychain.ts';
import { nameOfStand, isAtRest, isOver, runIs } from './stand.ts';

/** What came of it. */
export interface FullDisk {
  readonly full: string;
  readonly end: string;
  /** Files of the result that are on the disk. */
  readonly kept: number;
  readonly texts: readonly string[];
}

const [folder = '', ballast = '', input = '', mark = ''] = process.argv.slice(2);
const core = openCore({ folder, keychain: openFileKeychain(folder) }, { clock: quickClock });
await core.connection.startUp();
const { id } = await startRecipe(core, 'Echo', [input], mark);
const full = nameOfStand(await runIs(core, id, isAtRest));
rmSync(ballast);
const end = await runIs(core, id, isOver);
const { artifacts } = core.results.find(id);
const kept = artifacts.filter(({ file, problem }) => file !== null && problem === null).length;
const told: FullDisk = { full, end: nameOfStand(end), kept, texts: core.runs.result(id).texts };
core.close();
process.stdout.write(JSON.stringify(told));
