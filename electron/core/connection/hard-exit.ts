/**
 * Ends the process at once with an exit code. `process.exit` would wait for Node's threads, and a thread inside a
 * hanging call of the keychain (`SystemKeychain.isHanging`) or of a drive (`UserFiles.isStuck`) returns late or never.
 * So this replaces the process with one that only returns the code. Windows has no such call; there the process is
 * terminated and its code is 1. Write buffered output before.
 *
 * A user-space drive (FUSE: sshfs, GNOME's network folders) that holds an unanswered call keeps the process in the
 * system's process list until it answers. A process cannot prevent that.
 */
export function hardExit(code: number): never {
  if (process.platform === 'win32') process.kill(process.pid, 'SIGKILL');
  else process.execve?.('/bin/sh', ['sh', '-c', `exit ${Math.trunc(code)}`], {});
  process.exit(code);
}
