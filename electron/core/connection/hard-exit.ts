/**
 * Ends the process at once, with that exit code, where `process.exit` would wait: Node ends its threads in order, and
 * one that sits in a hanging call of the keychain (`SystemKeychain.isHanging`) or of a drive (`UserFiles.isStuck`) comes
 * back late or never. So the process is replaced by one that only returns the code. Windows has no such call; there the
 * process is terminated, and its code is 1. Buffered output must be written before.
 *
 * A drive that is a program of its own (FUSE: sshfs, GNOME's network folders) and that has taken the call, but does not
 * answer it, keeps the process in the list of the system until it does. Nothing can be done about that from inside.
 */
export function leave(code: number): never {
  if (process.platform === 'win32') process.kill(process.pid, 'SIGKILL');
  else process.execve?.('/bin/sh', ['sh', '-c', `exit ${Math.trunc(code)}`], {});
  process.exit(code);
}
