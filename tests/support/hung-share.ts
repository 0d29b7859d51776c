import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A drive that can be made to hang (fuse-child.ts). Paths below `folder` are on it. */
export interface HungShare {
  /** Why there is none on this machine, for `needs`; null where there is. */
  readonly lacking: string | null;
  readonly folder: string;
  hang(): Promise<void>;
  /** Answers what was asked meanwhile, and everything from now on. */
  answer(): Promise<void>;
  /** What hangs comes back with an error. */
  remove(): void;
}

/** Mounts one, as root. A deaf one never takes a request, as a server that is gone, so that who waits can be killed. */
export async function mountShare(...args: readonly 'deaf'[]): Promise<HungShare> {
  if (process.platform !== 'linux') return noShare('the drive that hangs is a FUSE mount of Linux');
  const folder = mkdtempSync(join(tmpdir(), 'omnitray-share-'));
  const child = fork(join(import.meta.dirname, 'fuse-child.ts'), [folder, ...args], { execArgv: [], stdio: 'ignore' });
  const [said] = (await once(child, 'message')) as [string];
  if (said !== 'mounted') {
    rmdirSync(folder);
    return noShare(`no drive can be mounted here by FUSE (${said.trim()})`);
  }
  const tell = async (wish: 'hang' | 'answer'): Promise<void> => {
    child.send(wish);
    await once(child, 'message');
  };
  return {
    lacking: null,
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

const noShare = (lacking: string): HungShare => ({
  lacking,
  folder: '/nowhere',
  hang: () => Promise.reject(new Error(lacking)),
  answer: () => Promise.resolve(),
  remove: () => undefined,
});
