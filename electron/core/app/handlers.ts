import type { AnswerOf, CallName, RequestOf } from '../../contract/calls.ts';
import type { AboutView, AppView, Place } from '../../contract/views.ts';
import { saveAllArtifacts, saveArtifact } from '../results/saver.ts';
import { artifactPath } from '../results/result-view.ts';
import type { Run } from '../runs/run.ts';
import type { StoredArtifact } from '../store/result-store.ts';
import { AppError } from './app-error.ts';
import type { Core } from './core.ts';
import type { Desktop } from './desktop.ts';
import { draftFromRun, startDraft } from './launch.ts';

/** One function a call; it gets the parsed request and never the event. */
export type Handlers = {
  readonly [Name in CallName]: (request: RequestOf<Name>) => Promise<AnswerOf<Name>> | AnswerOf<Name>;
};

/** What the program says of itself. */
export interface About {
  /** As last known. */
  now(): AboutView;
  /** After asking the keychain whether it works. */
  ask(): Promise<AboutView>;
}

export interface HandlerPorts {
  readonly core: Core;
  readonly desktop: Desktop;
  readonly about: About;
  /** Where the window should be when it opens. */
  readonly place: () => Place;
  readonly logFile: string;
  readonly owner: string;
}

/** What every call of the contract does. Areas are apart, so that each can be read at a glance. */
export const makeHandlers = (ports: HandlerPorts): Handlers => ({
  ...appHandlers(ports),
  ...connectionHandlers(ports),
  ...draftHandlers(ports),
  ...runHandlers(ports),
  ...resultHandlers(ports),
});

type Area<Prefix extends string> = Pick<Handlers, Extract<CallName, `${Prefix}:${string}`>>;

function appHandlers({ core, desktop, about, place, logFile }: HandlerPorts): Area<'app' | 'settings'> {
  return {
    'app:view': () => ({
      connection: core.connection.view,
      recipes: core.catalogue.view,
      draft: core.draft.view(),
      runs: core.runs.list(),
      settings: settingsView(core),
      about: about.now(),
      place: place(),
    }),
    'app:about': () => about.ask(),
    'app:reveal-data': () => {
      desktop.reveal(about.now().dataFolder);
      return null;
    },
    'app:reveal-log': () => {
      desktop.reveal(logFile);
      return null;
    },
    'settings:change': ({ theme, notifyWhen }) => {
      core.settings.change({ ...(theme && { theme }), ...(notifyWhen && { notifyWhen }) });
      return settingsView(core);
    },
  };
}

export const settingsView = ({ settings }: Core): AppView['settings'] => {
  const { theme, notifyWhen } = settings.read();
  return { theme, notifyWhen };
};

function connectionHandlers({ core }: HandlerPorts): Area<'connection' | 'recipes'> {
  const { connection, catalogue } = core;
  return {
    'connection:probe': ({ address }) => connection.probe(address),
    'connection:inspect-token': (source) => connection.inspectToken(source),
    'connection:connect': (request) => connection.connect(request),
    'connection:practice': () => connection.practice(),
    'connection:use': ({ profileId }) => connection.use(profileId),
    'connection:forget': ({ profileId }) => connection.forget(profileId),
    'connection:check': async () => {
      await connection.startUp();
      return connection.view;
    },
    'recipes:refresh': () => catalogue.refresh(),
    'recipes:load': ({ recipeId }) => catalogue.load(recipeId),
  };
}

function draftHandlers({ core, desktop }: HandlerPorts): Area<'draft'> {
  const { draft } = core;
  return {
    'draft:add-paths': ({ paths }) => draft.addPaths(paths),
    'draft:add-text': ({ text }) => draft.addText(text),
    'draft:pick-files': async () => draft.addPaths(await desktop.pickFiles()),
    'draft:paste': async () => {
      const { text, files } = await desktop.readClipboard();
      return files.length > 0 ? draft.addPaths(files) : draft.addText(text);
    },
    'draft:remove': ({ attachmentId }) => draft.remove(attachmentId),
    'draft:clear': () => draft.clear(),
    'draft:edit': (edit) => draft.edit(edit),
    'draft:from-run': ({ runId }) => draftFromRun(core, runId),
  };
}

function runHandlers({ core, owner }: HandlerPorts): Area<'runs'> {
  const { runs, engine } = core;
  let starting: Promise<Run> | null = null;
  return {
    // Pressed twice, it is one run: each one costs money.
    'runs:start': async () => {
      starting ??= startDraft(core, owner).finally(() => {
        starting = null;
      });
      return runs.view(await starting);
    },
    'runs:stop': ({ runId }) => runs.stop(engine, runId),
    'runs:give-up': ({ runId }) => runs.giveUp(engine, runId),
    'runs:seen': ({ runId }) => runs.seen(runId),
    'runs:remove': async ({ runId }) => {
      await runs.remove(runId);
      return null;
    },
  };
}

function resultHandlers({ core, desktop }: HandlerPorts): Area<'results'> {
  const { runs, results } = core;
  const artifactAt = (runId: string, position: number): StoredArtifact => {
    const found = results.find(runs.get(runId).id).artifacts.find((artifact) => artifact.position === position);
    if (found === undefined) throw new AppError('not-found');
    return found;
  };
  return {
    'results:view': ({ runId }) => runs.result(runId),
    'results:copy-text': async ({ runId, part, position }) => {
      const result = runs.result(runId);
      const text = (part === 'text' ? result.texts : result.objects)[position];
      if (text === undefined) throw new AppError('not-found');
      await desktop.writeClipboard(text);
      return null;
    },
    'results:save': async ({ runId, position }) => {
      const artifact = artifactAt(runId, position);
      const savedAs = await desktop.pickSavePath(artifact.name);
      if (savedAs !== null) await saveArtifact(core.folderOf(runId), artifact, savedAs);
      return { savedAs };
    },
    'results:save-all': async ({ runId }) => {
      const { artifacts } = results.find(runs.get(runId).id);
      const folder = await desktop.pickFolder();
      const saved = folder === null ? [] : await saveAllArtifacts(core.folderOf(runId), artifacts, folder);
      return { folder, files: saved.length };
    },
    'results:reveal': ({ runId, position }) => {
      const artifacts = results.find(runs.get(runId).id).artifacts;
      const chosen = position === null ? artifacts.find(({ file }) => file !== null) : artifactAt(runId, position);
      const path = chosen === undefined ? null : artifactPath(core.folderOf(runId), chosen);
      if (path === null) throw new AppError('artifact-gone');
      desktop.reveal(path);
      return null;
    },
  };
}
