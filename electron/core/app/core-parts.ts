/** Builds the parts of the core, room by room, from the lower floors to the upper ones; `buildCore` ties them together. */
import type { RunId } from '../../contract/views.ts';
import { pastedFilesFolder } from '../base/folders.ts';
import { Connection } from '../connection/connection.ts';
import { Profiles } from '../connection/profiles.ts';
import { HandOut } from '../export/hand-out.ts';
import { BatchSaver } from '../history/batch-saver.ts';
import { Batches } from '../history/batches.ts';
import { Housekeeping } from '../history/housekeeping.ts';
import { Removal } from '../history/removal.ts';
import { Retention } from '../history/retention.ts';
import { Runs } from '../history/run-views.ts';
import { Storage } from '../history/storage.ts';
import { DraftPersistence } from '../intake/draft-persistence.ts';
import { Draft } from '../intake/draft.ts';
import { InputCopies } from '../intake/input-copies.ts';
import { PastedFiles } from '../intake/pasted-files.ts';
import { lackingOf, mayChat } from '../model/lacking.ts';
import type { Run } from '../model/run.ts';
import { catalogueNames } from '../recipes/block-names.ts';
import { Catalogue } from '../recipes/catalogue.ts';
import { pictureFolder } from '../recipes/pictures.ts';
import { Presets } from '../recipes/presets.ts';
import { ArtifactFetcher } from '../runs/collect/artifact-fetcher.ts';
import { Refetch } from '../runs/collect/refetch.ts';
import { RunEngine } from '../runs/engine.ts';
import { RunSessions } from '../runs/run-sessions.ts';
import type { RecipeFacts } from '../runs/stage.ts';
import { ExternalJobs } from '../runs/watch/external-jobs.ts';
import { BatchList } from '../store/batch-list.ts';
import { DraftStore } from '../store/draft-store.ts';
import { PresetStore } from '../store/preset-store.ts';
import { RunList } from '../store/run-list.ts';
import { RecipeStore } from '../store/recipe-store.ts';
import { ResultStore } from '../store/result-store.ts';
import { RunAttention } from '../store/run-attention.ts';
import { RunNotes } from '../store/run-notes.ts';
import { RunStore } from '../store/run-store.ts';
import type { StoreDatabase } from '../store/store-database.ts';
import { RunStorage } from '../store/run-storage.ts';
import { Attention } from './attention.ts';
import type { CoreOptions } from './core-options.ts';

type Folders = (runId: RunId) => string;

/** See `openStores`. */
export type Stores = ReturnType<typeof openStores>;
/** See `serverParts`. */
export type ServerParts = ReturnType<typeof serverParts>;
/** See `draftParts`. */
export type DraftParts = ReturnType<typeof draftParts>;
/** See `historyParts`. */
export type HistoryParts = ReturnType<typeof historyParts>;
/** See `runParts`. */
export type RunParts = ReturnType<typeof runParts>;

/** Everything that is read and written in the database. */
export const openStores = (database: StoreDatabase, { clock }: CoreOptions) => ({
  runs: new RunStore(database, clock),
  results: new ResultStore(database),
  listed: new RunList(database),
  batchList: new BatchList(database),
  attention: new RunAttention(database),
  stored: new RunStorage(database),
  notes: new RunNotes(database),
  draft: new DraftStore(database),
  recipes: new RecipeStore(database),
  presets: new PresetStore(database),
});

/** The servers and their recipes. */
export function serverParts(options: CoreOptions, stores: Stores) {
  const { folder, settings, keychain, clock, logger, practice, timeouts } = options;
  const profiles = new Profiles(settings, keychain);
  const readClipboardText = (): Promise<string> => options.readClipboardText();
  const connection = new Connection({ profiles, clock, practice, timeouts, readClipboardText });
  const catalogue = new Catalogue({
    store: stores.recipes,
    servers: connection,
    clock,
    logger,
    pictureFolder: (profileId) => pictureFolder(folder, profileId),
    fetchPicture: async (profileId, pictureUrl, signal) =>
      (await connection.serverFor(profileId)).picture(pictureUrl, signal),
  });
  const presets = new Presets({ store: stores.presets, catalogue, clock });
  return { profiles, connection, catalogue, presets };
}

/** The draft, the files pasted into it, and the copies of inputs that runs keep. */
export function draftParts({ folder, clock, logger }: CoreOptions, stores: Stores, folderOf: Folders) {
  const pastedFiles = new PastedFiles(pastedFilesFolder(folder));
  const draft = new Draft(pastedFiles);
  const draftPersistence = new DraftPersistence({ draft, store: stores.draft, clock, logger });
  const copies = new InputCopies({ notes: stores.notes, logger, folderOf });
  return { pastedFiles, draft, draftPersistence, copies };
}

/** Past runs: how they are shown, and for how long they are kept. */
export function historyParts(options: CoreOptions, stores: Stores, drafts: DraftParts, folderOf: Folders) {
  const { folder, settings, clock, logger } = options;
  const { results, listed, stored } = stores;
  const runs = new Runs({ store: stores.runs, listed, results, clock, logger });
  const batches = new Batches({ list: stores.batchList, runs });
  const attention = new Attention(stores.attention, runs);
  const removal = new Removal({ store: stores.runs, stored, clock, logger, folderOf });
  const retention = new Retention({ runs: stores.runs, stored, removal, settings, clock, logger });
  const handOut = new HandOut(folder);
  const batchSaver = new BatchSaver({ list: stores.batchList, runs, results, handOut, folderOf });
  const housekeeping = new Housekeeping({
    ...options,
    ...drafts,
    runs: stores.runs,
    stored,
    removal,
    retention,
    handOut,
  });
  const storage = new Storage({ folder, stored, removal, clock });
  return { runs, batches, batchSaver, attention, removal, handOut, housekeeping, storage };
}

/** The run engine and what it sends, follows and fetches with. */
export function runParts(
  options: CoreOptions,
  stores: Stores,
  { profiles, connection, catalogue }: ServerParts,
  { runs }: Pick<HistoryParts, 'runs'>,
  folderOf: Folders,
) {
  const { settings, keychain, clock, logger, random, owner } = options;
  const { runs: store, results, notes } = stores;
  const servers = connection;
  const names = catalogueNames(catalogue);
  const sessions = new RunSessions({ store, notes, keychain });
  const shapeOf = ({ recipeId }: Pick<Run, 'recipeId'>) => catalogue.find(recipeId)?.shape ?? null;
  const fetcher = new ArtifactFetcher({ results, logger, folderOf, limits: () => settings.read() });
  const refetch = new Refetch({ runs: store, results, servers, fetcher, folderOf });
  const recipes: RecipeFacts = {
    mayChat: (run) => mayChat(shapeOf(run)),
    lacking: (run) => lackingOf(shapeOf(run)),
    storedFiles: ({ profileId, recipeId }) => catalogue.blocksOf(profileId, recipeId)?.fileNames ?? null,
  };
  const engine = new RunEngine(
    {
      ...{ store, results, notes, servers, sessions, recipes, names, settings, display: runs },
      ...{ clock, logger, random, owner },
    },
    fetcher,
  );
  const externalJobs = new ExternalJobs({
    ...{ store, servers, names, clock, owner },
    collect: (run) => engine.collectExternal(run),
    profile: (profileId) => profiles.find(profileId),
  });
  engine.onExternalJob((job) => externalJobs.update(job));
  return { engine, externalJobs, refetch };
}
