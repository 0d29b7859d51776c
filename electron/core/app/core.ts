import type { ConnectionView, ProfileId, RunId } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import { Connection } from '../connection/connection.ts';
import type { PracticePort } from '../connection/connection.ts';
import type { Keychain } from '../connection/keychain.ts';
import { Profiles } from '../connection/profiles.ts';
import { artifactFolder, keptFilesFolder } from '../base/folders.ts';
import { Draft } from '../intake/draft.ts';
import { DraftKeeper } from '../intake/draft-persistence.ts';
import { KeptFiles } from '../intake/pasted-files.ts';
import type { Logger } from '../base/logger.ts';
import type { Timeouts } from '../omnitool/timeouts.ts';
import { catalogueNames } from '../recipes/block-names.ts';
import { Catalogue } from '../recipes/catalogue.ts';
import { lackingOf, mayChat } from '../model/lacking.ts';
import { pictureFolder } from '../recipes/pictures.ts';
import { ArtifactFetcher } from '../runs/collect/artifact-fetcher.ts';
import { Collector } from '../runs/collect/collector.ts';
import { HandOut } from '../export/hand-out.ts';
import { Refetch } from '../runs/collect/refetch.ts';
import { Removal } from '../history/removal.ts';
import { Retention } from '../history/retention.ts';
import { SessionReader } from '../runs/collect/session-reader.ts';
import { Elsewhere } from '../runs/watch/external-jobs.ts';
import { RunEngine } from '../runs/engine.ts';
import { InputCopies } from '../intake/input-copies.ts';
import { RunSessions } from '../runs/run-sessions.ts';
import type { Run } from '../model/run.ts';
import { Runs } from '../history/run-views.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { openDatabase } from '../store/database.ts';
import { DraftStore } from '../store/draft-store.ts';
import { HeardStore } from '../store/heard-store.ts';
import { InputStore } from '../store/input-store.ts';
import { ListedRuns } from '../store/listed-runs.ts';
import { RecipeMarks } from '../store/recipe-marks.ts';
import { RecipeStore } from '../store/recipe-store.ts';
import { ResultStore } from '../store/result-store.ts';
import { RunSearch } from '../store/run-search.ts';
import { RunAttention } from '../store/run-attention.ts';
import { RunLog } from '../store/run-log.ts';
import { RunStore } from '../store/run-store.ts';
import { StoredRuns } from '../store/stored-runs.ts';
import { StoredUse } from '../store/stored-use.ts';
import type { UnreadableRows } from '../store/unreadable.ts';
import { Attention } from './attention.ts';
import { Housekeeping } from '../history/housekeeping.ts';
import { Storage } from '../history/storage.ts';

export interface CoreOptions {
  /** Everything this program keeps is below here (folders.ts). */
  readonly folder: string;
  readonly settings: SettingsStore;
  /** What had to be mended before the core was built. */
  readonly notes: readonly string[];
  readonly keychain: Keychain;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  /** The name under which this process carries runs (model/owner.ts). */
  readonly owner: string;
  readonly practice: PracticePort | null;
  /** Whether news of jobs is wanted also while no run of this process is under way: by the app, not by a command. */
  readonly listens?: boolean;
  /** Shorter waits than usual, for tests. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  readClipboardText(): Promise<string>;
}

/** All that OmniTray does, without a screen. The app and the terminal are two shells around it. */
export interface Core {
  readonly settings: SettingsStore;
  readonly connection: Connection;
  readonly catalogue: Catalogue;
  readonly draft: Draft;
  readonly draftKeeper: DraftKeeper;
  readonly keptFiles: KeptFiles;
  readonly runs: Runs;
  readonly attention: Attention;
  readonly engine: RunEngine;
  readonly elsewhere: Elsewhere;
  readonly results: ResultStore;
  readonly listed: ListedRuns;
  readonly search: RunSearch;
  readonly copies: InputCopies;
  readonly refetch: Refetch;
  readonly log: RunLog;
  readonly handOut: HandOut;
  readonly removal: Removal;
  readonly housekeeping: Housekeeping;
  readonly storage: Storage;
  /** What had to be mended at this start, in words. */
  readonly notes: readonly string[];
  /** The records that could not be read since the start. */
  readonly unreadable: UnreadableRows;
  folderOf(runId: RunId): string;
  close(): void;
}

/** Unreadable records that the log names at most. */
const MOST_NAMED = 200;

/** Builds the core. Nothing is asked of any server yet, and no run is carried on before `engine.resume()`. */
export function buildCore(options: CoreOptions): Core {
  const { folder, settings, clock, logger, random, owner } = options;
  const opened = openDatabase(folder, clock.now());
  const { unreadable } = opened.database;
  nameUnreadable(unreadable, logger);
  const runStore = new RunStore(opened.database, clock);
  const results = new ResultStore(opened.database);
  const folderOf = (runId: RunId): string => artifactFolder(folder, runId);
  const profiles = new Profiles(settings, options.keychain);
  const connection = new Connection({
    profiles,
    clock,
    practice: options.practice,
    timeouts: options.timeouts,
    readClipboardText: () => options.readClipboardText(),
  });
  const catalogue = new Catalogue({
    store: new RecipeStore(opened.database),
    marks: new RecipeMarks(opened.database),
    servers: connection,
    clock,
    logger,
    pictureFolder: (profileId) => pictureFolder(folder, profileId),
    fetchPicture: async (profileId, pictureUrl, signal) =>
      (await connection.serverFor(profileId)).picture(pictureUrl, signal),
  });
  const listed = new ListedRuns(opened.database);
  const search = new RunSearch(opened.database);
  const runs = new Runs({ store: runStore, listed, results, search, clock, logger });
  const attention = new Attention(new RunAttention(opened.database), runs);
  const stored = new StoredRuns(opened.database);
  const copies = new InputCopies({ inputs: new InputStore(opened.database), logger, folderOf });
  const removal = new Removal({ store: runStore, stored, clock, logger, folderOf });
  const retention = new Retention({ runs: runStore, stored, removal, settings, clock, logger });
  const keptFiles = new KeptFiles(keptFilesFolder(folder));
  const draft = new Draft(keptFiles);
  const draftKeeper = new DraftKeeper({ draft, store: new DraftStore(opened.database), clock, logger });
  const handOut = new HandOut(folder);
  takeBackRemoved(runStore, handOut, logger);
  const kept = { folder, runs: runStore, stored, removal, retention, copies, handOut, settings, clock, logger, owner };
  const housekeeping = new Housekeeping({ ...kept, draft, keptFiles });
  const storage = new Storage({ folder, stored, use: new StoredUse(opened.database), removal, clock });
  const names = catalogueNames(catalogue);
  const sessions = new RunSessions({ store: runStore, keychain: options.keychain });
  const chats = (run: Pick<Run, 'recipeId'>): boolean => mayChat(catalogue.find(run.recipeId)?.shape ?? null);
  const reader = new SessionReader({
    runs: runStore,
    results,
    heard: new HeardStore(opened.database),
    sessions,
    names,
    clock,
    mayChat: chats,
    insist: (key, id, work) => engine.insist(key, id, work),
    said: (id) => runs.addSaid(id),
  });
  const fetcher = new ArtifactFetcher({ results, logger, folderOf, limits: () => settings.read() });
  const refetch = new Refetch({ runs: runStore, results, servers: connection, fetcher, folderOf });
  const engine: RunEngine = new RunEngine({
    store: runStore,
    servers: connection,
    sessions,
    reader,
    collector: new Collector({
      runs: runStore,
      results,
      servers: connection,
      reader,
      fetcher,
      lacking: (run) => lackingOf(catalogue.find(run.recipeId)?.shape ?? null),
      mayChat: chats,
      rest: (profileId, ms) => engine.rest(profileId, ms),
    }),
    names,
    clock,
    logger,
    random,
    owner,
    mayAdopt: () => settings.read().adoptAlone,
    onUpload: (runId, upload) => runs.setUpload(runId, upload),
    onProgress: (runId, progress) => runs.setProgress(runId, progress),
    onStalled: (runId, failure) => runs.setStalled(runId, failure),
  });
  const elsewhere = new Elsewhere({
    store: runStore,
    servers: connection,
    names,
    clock,
    owner,
    carry: (run) => engine.takeFound(run),
    profile: (profileId) => profiles.find(profileId),
  });
  engine.onStranger((stand) => elsewhere.hear(stand));
  engine.configure(settings.read());
  settings.onChange((now) => engine.configure(now));
  followConnection(connection, catalogue, logger);
  if (options.listens) followJobs(connection, engine);
  return {
    settings,
    connection,
    catalogue,
    draft,
    draftKeeper,
    keptFiles,
    runs,
    attention,
    engine,
    elsewhere,
    results,
    listed,
    search,
    copies,
    refetch,
    log: new RunLog(opened.database),
    handOut,
    removal,
    housekeeping,
    storage,
    notes: [
      ...options.notes,
      ...(opened.setAside === null
        ? []
        : [`The list of runs was damaged. It was kept as ${opened.setAside}, and a new one begun.`]),
    ],
    unreadable,
    folderOf,
    close: () => {
      attention.close();
      draftKeeper.close();
      housekeeping.close();
      removal.close();
      copies.close();
      refetch.close();
      elsewhere.close();
      engine.close();
      catalogue.close();
      connection.close();
      opened.database.close();
    },
  };
}

/** A damaged page of the database is hundreds of records: the log names the first of them. */
function nameUnreadable(unreadable: UnreadableRows, logger: Logger): void {
  let named = 0;
  unreadable.onFound((row) => {
    named += 1;
    if (named <= MOST_NAMED) logger.warn('A record could not be read. It is kept, and left out.', { ...row });
  });
}

/** What was given to other programs of a run goes with it at once: brought back, it can be given again. */
function takeBackRemoved(runs: RunStore, handOut: HandOut, logger: Logger): void {
  runs.onChange((change) => {
    if (!('removed' in change)) return;
    handOut.takeBack(change.removed).catch((failure: unknown) => {
      // A program may have it open; it goes at the next start.
      logger.warn('Files given to other programs could not be taken back.', { run: change.removed, failure });
    });
  });
}

/** The jobs of the profile in use are listened to while it is online, also those that were started elsewhere. */
function followJobs(connection: Connection, engine: RunEngine): void {
  const follow = ({ status, profile }: Pick<ConnectionView, 'status' | 'profile'>): void =>
    engine.listenTo(status === 'online' ? (profile?.id ?? null) : null);
  connection.onChange(follow);
  follow(connection.view);
}

/**
 * The catalogue shows the profile in use, is listed anew each time that profile comes online, and keeps nothing of a
 * profile that was forgotten.
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
