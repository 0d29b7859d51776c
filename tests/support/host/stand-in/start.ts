/**
 * Runs an app's built main file as Electron would, on plain Node: `electron` is the stand-in, `ready` comes when the
 * main file is through (so one that waits for `ready` at its top level hangs, as it does in Electron).
 * Usage: node start.ts <app folder> [arguments]; started by stand-in-app.ts with a channel to the spec's process.
 */
import { readFileSync } from 'node:fs';
import { flushCompileCache, registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import './electron.ts';
import { contentsOf } from './web-contents.ts';
import { appCalls, report, spec } from './link.ts';
import { recorder } from './recorder.ts';
import type { StandInWebContents } from './web-contents.ts';

const ELECTRON = /^electron(\/(main|common))?$/;

registerHooks({
  resolve: (specifier, context, next) =>
    ELECTRON.test(specifier)
      ? { url: new URL('./electron.ts', import.meta.url).href, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

function electronVersion(): string {
  const path = new URL('../../../../node_modules/electron/package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version;
}

/** What Electron adds to `process`. */
function dressProcess(folder: string, args: readonly string[]): void {
  process.argv = [process.execPath, folder, ...args];
  Object.defineProperties(process, {
    type: { value: 'browser' },
    defaultApp: { value: true },
    resourcesPath: { value: join(folder, 'resources') },
    versions: { value: { ...process.versions, electron: electronVersion(), chrome: '0.0.0.0' } },
  });
}

function withPage(id: number, use: (contents: StandInWebContents) => void): Promise<void> {
  const contents = contentsOf(id);
  if (contents !== undefined) use(contents);
  return Promise.resolve();
}

Object.assign(appCalls, {
  request: async (id, request) => (await contentsOf(id)?.standInRequest(request)) ?? { do: 'abort', reason: 'failed' },
  message: async (id, payload) => contentsOf(id)?.standInMessage(payload),
  opened: (id, url, features) => withPage(id, (contents) => contents.standInOpened(url, features)),
  wantsToLeave: (id, url) => withPage(id, (contents) => contents.standInWantsToLeave(url)),
  navigated: (id, url, inPage) => withPage(id, (contents) => contents.standInNavigated(url, inPage)),
  loaded: (id) => withPage(id, (contents) => contents.standInLoaded()),
  crashed: (id) => withPage(id, (contents) => contents.standInCrashed()),
  consoleSaid: (id, level, text) => withPage(id, (contents) => contents.standInConsole(level, text)),
  downloads: (id, url, fileName) => withPage(id, (contents) => contents.standInDownload(url, fileName)),
  control: async (method, args) => {
    const action: unknown = Reflect.get(recorder, method);
    if (typeof action !== 'function') throw new Error(`The recorder has no ${method}.`);
    return (await Reflect.apply(action, recorder, [...args])) as unknown;
  },
} satisfies typeof appCalls);

Object.defineProperty(globalThis, '__omnitrayHost', { value: recorder });

// Electron shows a box and goes on; a spec should know of it.
process.on('uncaughtException', (problem) => {
  report(`Uncaught in the main process: ${problem.stack ?? problem.message}`);
});
process.on('unhandledRejection', (problem) => {
  report(
    `Unhandled rejection in the main process: ${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}`,
  );
});
// Without the spec's process there are no windows and nobody to drive the app.
process.on('disconnect', () => process.exit(0));

const [, , folder = '', ...args] = process.argv;
dressProcess(resolve(folder), args);
const { main } = app.standInLoad(resolve(folder));
try {
  await import(pathToFileURL(main).href);
} catch (problem) {
  process.stderr.write(
    `The app threw while it was loaded: ${problem instanceof Error ? (problem.stack ?? '') : String(problem)}\n`,
  );
  process.exit(1);
}
app.standInReady();
await spec.ready();
// Most apps of the specs are killed, and would keep nothing of what was compiled.
flushCompileCache();
