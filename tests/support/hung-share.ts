import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A drive that can be made to hang (fuse-child.ts). Paths below `folder` are on it. */
export interface HungShare {
  readonly folder: string;
  hang(): Promise<void>;
  /** Answers what was asked meanwhile, and everything from now on. */
  answer(): Promise<void>;
  /** What hangs comes back with an error. */
  remove(): void;
}

/** Mounts one; where this machine does not allow that, what it said. */
export async function mountShare(...args: readonly 'deaf'[]): Promise<HungShare | string> {
  if (process.platform !== 'linux') return 'FUSE by this test is for Linux only.';
  const folder = mkdtempSync(join(tmpdir(), 'omnitray-share-'));
  const child = fork(join(import.meta.dirname, 'fuse-child.ts'), [folder, ...args], { execArgv: [], stdio: 'ignore' });
  const [said] = (await once(child, 'message')) as [string];
  if (said !== 'mounted') {
    rmdirSync(folder);
    return said;
  }
  const tell = async (wish: 'hang' | 'answer'): Promise<void> => {
    child.send(wish);
    await once(child, 'message');
  };
  return {
    folder,
    hang: () => tell('hang'),
    answer: () => tell('answer'),
    remove: () => {
      child.kill('SIGKILL');
      spawnSync('umount', ['-l', folder]);
      rmdirSync(folder);
    },
  };
}
