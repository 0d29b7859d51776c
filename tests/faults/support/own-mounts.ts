import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** Options with which `unshare` gives a process mounts of its own. Whoever is not root becomes it in there. */
export const OWN_MOUNTS = process.getuid?.() === 0 ? ['-m'] : ['-rm'];

/** Why no process can have mounts of its own here, as in many containers and on a stock Ubuntu; null where it can. */
export function ownMountsLack(): string | null {
  if (process.platform !== 'linux') return 'only Linux gives a process mounts of its own';
  const tried = spawnSync('unshare', [...OWN_MOUNTS, 'mount', '-t', 'tmpfs', 'none', tmpdir()], { encoding: 'utf8' });
  if (tried.status === 0) return null;
  const why = tried.error?.message ?? tried.stderr.trim();
  return `this machine gives no process mounts of its own (${why})`;
}
