import { runsReplacedWords } from '../../contract/text/repairs.ts';
import type { ConnectionView, ProfileId, RunId } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import { artifactFolder } from '../base/folders.ts';
import type { Logger } from '../base/logger.ts';
import type { Connection } from '../connection/connection.ts';
import type { HandOut } from '../export/hand-out.ts';
import { DraftTables } from '../intake/draft-tables.ts';
import type { Catalogue } from '../recipes/catalogue.ts';
import type { Presets } from '../recipes/presets.ts';
import type { RunEngine } from '../runs/engine.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { openDatabase } from '../store/database.ts';
import type { RunStore } from '../store/run-store.ts';
import type { UnreadableRows } from '../store/unreadable.ts';
import type { CoreOptions } from './core-options.ts';
import type { DraftParts, HistoryParts, RunParts, Stores } from './core-parts.ts';
import { draftParts, historyParts, openStores, runParts, serverParts } from './core-parts.ts';

/** All that OmniTray does, without a screen. The app and the terminal are two shells around it. */
export interface Core extends DraftParts, HistoryParts, RunParts, Pick<Stores, 'results' | 'listed'> {
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly connection: Connection;
  readonly catalogue: Catalogue;
  readonly presets: Presets;
  readonly tables: DraftTables;
  /** What was repaired at this start, in words. */
  readonly notes: readonly string[];
  /** The records that could not be read since the start. */
  readonly unreadable: UnreadableRows;
  /** Where the files of a run are kept. */
  folderOf(runId: RunId): string;
  close(): void;
}

/** Unreadable records that the log names at most. */
const MOST_NAMED = 200;

/** Builds the core. It sends nothing to any server, and continues no run before `engine.resume()`. */
export function buildCore(options: CoreOptions): Core {
  const { folder, settings, clock, logger } = options;
  const { database, setAside } = openDatabase(folder, clock.now());
  const { unreadable } = database;
  logUnreadable(unreadable, logger);
  const folderOf = (runId: RunId): string => artifactFolder(folder, runId);
  const stores = openStores(database, options);
  const servers = serverParts(options, stores);
  const drafts = draftParts(options, stores, folderOf);
  const history = historyParts(options, stores, drafts, folderOf);
  const tables = new DraftTables({ draft: drafts.draft, formOf: (id) => servers.catalogue.formOf(id) });
  const running = runParts(options, stores, servers, history, folderOf);
  const { connection, catalogue, presets } = servers;
  const { engine } = running;
  deleteHandedOut(stores.runs, history.handOut, logger);
  engine.configure(settings.read());
  settings.onChange((now) => engine.configure(now));
  followConnection(connection, catalogue, logger);
  if (options.listens) followJobs(connection, engine);
  const { results, listed } = stores;
  return {
    ...{ settings, clock, connection, catalogue, presets, results, listed, unreadable, folderOf },
    ...drafts,
    tables,
    ...history,
    ...running,
    notes: [...options.notes, ...(setAside === null ? [] : [runsReplacedWords(setAside)])],
    close: () => {
      const { attention, housekeeping, removal } = history;
      const { externalJobs, refetch } = running;
      const { draftPersistence, copies } = drafts;
      const parts = [
        attention,
        draftPersistence,
        housekeeping,
        removal,
        copies,
        refetch,
        externalJobs,
        engine,
        catalogue,
        connection,
      ];
      for (const part of parts) part.close();
      database.close();
    },
  };
}

/** Logs the first unreadable records: a damaged page of the database holds hundreds. */
function logUnreadable(unreadable: UnreadableRows, logger: Logger): void {
  let named = 0;
  unreadable.onFound((row) => {
    named += 1;
    if (named <= MOST_NAMED) logger.warn('A record could not be read. It is kept, and left out.', { ...row });
  });
}

/** Deletes the copies of a removed run that other programs got. A restored run can make them again. */
function deleteHandedOut(runs: RunStore, handOut: HandOut, logger: Logger): void {
  runs.onChange((change) => {
    if (!('removed' in change)) return;
    handOut.removeCopies(change.removed).catch((failure: unknown) => {
      // Another program may have a file open; the next start deletes it.
      logger.warn('Copies for other programs could not be deleted.', { run: change.removed, failure });
    });
  });
}

/** Follows the jobs of the profile in use while it is online, including jobs that another client started. */
function followJobs(connection: Connection, engine: RunEngine): void {
  const follow = ({ status, profile }: Pick<ConnectionView, 'status' | 'profile'>): void =>
    engine.listenTo(status === 'online' ? (profile?.id ?? null) : null);
  connection.onChange(follow);
  follow(connection.view);
}

/**
 * Shows the recipes of the profile in use, lists them again each time that profile comes online, and deletes those of a
 * forgotten profile.
 */
function followConnection(connection: Connection, catalogue: Catalogue, logger: Logger): void {
  const active = (): ProfileId | null => connection.view.profile?.id ?? null;
  const isForgotten = (profileId: ProfileId): boolean =>
    connection.view.profiles.every((profile) => profile.id !== profileId);
  catalogue.use(active());
  connection.onChange((view) => catalogue.use(view.profile?.id ?? null));
  connection.onReady((profileId) => {
    if (profileId === active()) void catalogue.refresh();
    else if (isForgotten(profileId))
      catalogue.forget(profileId).catch((failure: unknown) => {
        logger.error('The recipes of a forgotten server could not be removed.', { failure });
      });
  });
}
