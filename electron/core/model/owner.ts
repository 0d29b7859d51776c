/**
 * Owner of the app's runs. The app and terminal commands can share one database. Each process carries only the runs it
 * owns, so that no run is started or collected twice.
 */
export const APP_OWNER = 'app';

/** Owner of the runs of one terminal command. */
export const terminalOwner = (pid: number): string => `terminal:${pid}`;

/**
 * Whether the process behind `owner` has certainly ended, so that its unfinished runs can be taken over. The app has a
 * single-instance lock, so an app may always take over the runs of an earlier app. A process id that was used again
 * delays the takeover until that other process ends, which is safe.
 */
export function isOwnerGone(owner: string, self: string): boolean {
  if (owner === self) return true;
  const pid = /^terminal:(\d+)$/.exec(owner)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (failure) {
    // EPERM: the process exists and belongs to another user.
    return failure instanceof Error && 'code' in failure && failure.code === 'ESRCH';
  }
}
