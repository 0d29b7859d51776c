import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import Conf from 'conf';
import type { RunState, RunView } from '../../electron/contract/views.ts';
import { buildCore, type Core } from '../../electron/core/app/core.ts';
import { startDraft } from '../../electron/core/app/start-runs.ts';
import { type Clock, systemClock } from '../../electron/core/base/clock.ts';
import type { Keychain } from '../../electron/core/connection/keychain.ts';
import type { Logger } from '../../electron/core/base/logger.ts';
import type { Timeouts } from '../../electron/core/omnitool/timeouts.ts';
import { openSettings } from '../../electron/core/settings/settings.ts';
import { openMemoryKeychain } from './memory-keychain.ts';

/** The message to "Slow steps" for a job that works until the practice server is told to `finishWaits`. */
export const UNTIL_FINISHED = 'steps=2 delay=3600000';

/** Long enough for any real step here on a loaded machine; a condition that holds is seen at once. */
const PATIENCE_MS = 30_000;

export interface TestHome {
  readonly folder: string;
  readonly keychain: Keychain;
  /** A file with this content, by its path. */
  file(name: string, content: string | Buffer): Promise<string>;
  remove(): Promise<void>;
}

export async function makeHome(): Promise<TestHome> {
  const folder = await mkdtemp(join(tmpdir(), 'omnitray-test-'));
  return {
    folder,
    keychain: openMemoryKeychain(),
    file: async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What must never happen in a test that does not expect it: an error in the log. */
export class LoudLogger implements Logger {
  readonly errors: string[] = [];
  readonly info = (): void => undefined;
  readonly warn = (): void => undefined;
  readonly error = (message: string, facts?: Readonly<Record<string, unknown>>): void =>
    void this.errors.push(`${message} ${inspect(facts)}`);
}

interface CoreChoices {
  readonly owner?: string;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly timeouts?: Partial<Timeouts>;
}

/** The real core on real parts: files, SQLite, settings; a second call on the same home is a restart. */
export function openCore(home: Pick<TestHome, 'folder' | 'keychain'>, options: CoreChoices = {}): Core {
  const opened = openSettings({
    folder: home.folder,
    open: ({ cwd, name }) => new Conf({ cwd, configName: name }),
  });
  const core = buildCore({
    folder: home.folder,
    ...opened,
    keychain: home.keychain,
    clock: options.clock ?? systemClock,
    logger: options.logger ?? new LoudLogger(),
    random: Math.random,
    owner: options.owner ?? 'app',
    practice: null,
    timeouts: options.timeouts,
    readClipboardText: () => Promise.resolve(''),
  });
  const stages = new Map<string, RunView[]>();
  histories.set(core, stages);
  core.runs.onChange(({ run }) => stages.set(run.id, [...(stages.get(run.id) ?? []), run]));
  return core;
}

/** What each core told of each of its runs since it was opened, without what `runReaches` is past. */
const histories = new WeakMap<Core, Map<string, RunView[]>>();

/** Connects to a server and has its recipes listed. */
export async function connectTo(core: Core, address: string, token: string): Promise<void> {
  await core.connection.connect({ address, token: { from: 'typed', token }, keep: 'keychain', allowInsecure: false });
  await core.catalogue.refresh();
}

/** Starts a recipe, by its name, on files. */
export async function startRecipe(
  core: Core,
  name: string,
  paths: readonly string[] = [],
  message = '',
): Promise<RunView> {
  const recipe = core.catalogue.view.recipes.find((each) => each.name === name);
  if (recipe === undefined) throw new Error(`The practice server has no recipe "${name}".`);
  core.draft.edit({ recipeId: recipe.id, message });
  await core.draft.add({ paths });
  const [run] = (await startDraft(core, 'app')).runs;
  if (run === undefined) throw new Error('No run was started.');
  return core.runs.view(run);
}

/**
 * Waits until the run is in one of `states`, or finds that it was since the last call. So a state that passes is not
 * missed, however late the test looks; what it returns is the run as it was told then. Where a run must not go further than that
 * state, hold it there: with a fault, a `hold`, or a job of `UNTIL_FINISHED`.
 */
export async function runReaches(core: Core, runId: string, ...states: readonly RunState[]): Promise<RunView> {
  const stages = histories.get(core);
  if (stages === undefined) throw new Error('The core was not opened by openCore.');
  const seen = (): readonly RunView[] => stages.get(runId) ?? [];
  if (seen().length === 0) stages.set(runId, [core.runs.view(core.runs.get(runId))]);
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const isThere = ({ state }: RunView): boolean => states.includes(state);
  const check = (): void => {
    if (seen().some(isThere)) resolve(undefined);
  };
  const unsubscribe = core.runs.onChange(check);
  const went = (): string =>
    seen()
      .map(({ state, reason }) => (reason === null ? state : `${state} (${reason})`))
      .join(', ');
  const timer = setTimeout(
    () => reject(new Error(`The run never was ${states.join(' or ')}; it went ${went()}.`)),
    PATIENCE_MS,
  );
  check();
  await promise.finally(() => {
    clearTimeout(timer);
    unsubscribe();
  });
  const left = seen().slice(seen().findIndex(isThere));
  stages.set(runId, left);
  const [reached] = left;
  if (reached === undefined) throw new Error('What was reached is gone.');
  return reached;
}
