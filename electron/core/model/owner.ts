/**
 * Two processes can share one database: the app, and a terminal beside it. Each carries only the runs it owns, so
 * that no run is started or collected twice.
 */
export const APP_OWNER = 'app';

export const terminalOwner = (pid: number): string => `terminal:${pid}`;

/**
 * Whether `owner` is certainly gone, so that its unfinished runs may be taken over. There is one app at a time (its
 * single-instance lock), so an app may always take over the app's own. A process number that was used again keeps
 * a run waiting until that other process ends; that is safe, only late.
 */
export function isOwnerGone(owner: string, self: string): boolean {
  if (owner === self) return true;
  const pid = /^terminal:(\d+)$/.exec(owner)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (failure) {
    // EPERM: it runs, as somebody else.
    return failure instanceof Error && 'code' in failure && failure.code === 'ESRCH';
  }
}
