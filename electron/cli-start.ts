#!/usr/bin/env node
/**
 * The first file of the built command `omnitray`. It may be started with a Node that is too old for the program, so it
 * runs on Node 18 and later and imports nothing of the program before it knows the version. On an older Node it starts
 * itself again on the Node of this project (the dev dependency `node`), or prints what it needs.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first major version that has everything the program uses: `node:sqlite`, `RegExp.escape`. */
const NEEDED_MAJOR = 24;
/** As `EXIT.usage` in cli/exit-codes.ts: the command cannot be used as it is. */
const UNUSABLE = 2;
/** Signals that end a command. The terminal does not send them to the other process, which has its own session. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

const isNewEnough = (version: string): boolean => Number.parseInt(version, 10) >= NEEDED_MAJOR;

/** The path of the dev dependency `node`; null if it is not installed or too old as well. */
function ownNode(): string | null {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
    return isNewEnough(version) ? join(manifest, '../bin', process.platform === 'win32' ? 'node.exe' : 'node') : null;
  } catch {
    return null;
  }
}

function sayWhatIsNeeded(): void {
  process.stderr.write(
    `OmniTray needs Node.js ${NEEDED_MAJOR} or later, and this is ${process.versions.node}. ` +
      'To get it, run "npm ci" in the folder of OmniTray, or see https://nodejs.org.\n',
  );
  process.exitCode = UNUSABLE;
}

/**
 * Runs the command on another Node and ends with its exit code or signal. On POSIX the other process has its own
 * session. Otherwise Ctrl+C would reach it twice, from the terminal and from here, and a second Ctrl+C ends it at once.
 */
function goOnWith(node: string): void {
  const isPosix = process.platform !== 'win32';
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    detached: isPosix,
  });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  // On Windows a console sends Ctrl+C to both. This process only has to outlive it.
  const end = isPosix ? pass : (): void => undefined;
  const pause = (): void => {
    child.kill('SIGSTOP');
    process.kill(process.pid, 'SIGSTOP');
  };
  for (const signal of ENDING) process.on(signal, end);
  if (isPosix) process.on('SIGTSTP', pause).on('SIGCONT', pass);
  child.on('error', sayWhatIsNeeded);
  child.on('exit', (code, signal) => {
    for (const each of ENDING) process.off(each, end);
    if (signal === null) process.exitCode = code ?? UNUSABLE;
    else process.kill(process.pid, signal);
  });
}

const node = isNewEnough(process.versions.node) ? process.execPath : ownNode();
if (node === process.execPath) await import('./cli.ts');
else if (node === null) sayWhatIsNeeded();
else goOnWith(node);
