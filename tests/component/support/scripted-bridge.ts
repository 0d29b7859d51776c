import type { Bridge } from '../../../electron/contract/bridge.ts';
import type { AnswerOf, CallName, RequestOf } from '../../../electron/contract/calls.ts';
import type { ErrorCode, Result } from '../../../electron/contract/errors.ts';
import type { EventName, Events } from '../../../electron/contract/events.ts';
import type {
  AppView,
  ConnectionView,
  DraftView,
  ProfileView,
  RecipeView,
  ResultView,
  RunView,
  SavePlanView,
  SettingsView,
  SystemView,
  TokenView,
} from '../../../electron/contract/views.ts';
import { aConnection, anApp, anAttachment, aResult, aStorage, noConnection } from './samples.ts';

type Answer<Name extends CallName> = Result<AnswerOf<Name>>;
type Script = {
  readonly [Name in CallName]: (request: RequestOf<Name>) => Answer<Name> | Promise<Answer<Name>>;
};

const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });

/** A failure with this code, as main would answer it. */
export const failure = (
  code: ErrorCode,
  detail: string | null = null,
): { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly detail: string | null } } => ({
  ok: false,
  error: { code, detail },
});

const TOKEN: TokenView = { issuedAt: null, expiresAt: null, expired: false, mayRun: 'every-recipe' };

/**
 * A main process for one page, without Electron: it keeps the views as main does, remembers every call,
 * and any answer can be replaced (`script`) or any event sent (`emit`).
 */
export class ScriptedBridge implements Bridge {
  app: AppView;
  result: ResultView = aResult();
  saveFolder: string | null = null;
  system: SystemView = { startsAtLogin: 'off', shortcut: 'none', hasTray: true, onWayland: false };
  readonly calls: { readonly name: CallName; readonly request: unknown }[] = [];
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>();
  readonly #scripted: Partial<Script> = {};

  constructor(app: AppView = anApp()) {
    this.app = app;
  }

  script<Name extends CallName>(name: Name, answer: Script[Name]): this {
    Object.assign(this.#scripted, { [name]: answer });
    return this;
  }

  /** What was asked under this name, in order. */
  requests<Name extends CallName>(name: Name): readonly RequestOf<Name>[] {
    return this.calls.filter((call) => call.name === name).map(({ request }) => request as RequestOf<Name>);
  }

  async call<Name extends CallName>(name: Name, ...[request]: readonly unknown[]): Promise<Answer<Name>> {
    this.calls.push({ name, request });
    const answer: Script[Name] = this.#scripted[name] ?? this.#usual[name];
    return answer(request as RequestOf<Name>);
  }

  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as (payload: Events[Name]) => void)(payload);
  }

  pathOf(file: File): string {
    return file.name.startsWith('unsaved') ? '' : `/home/ada/${file.name}`;
  }

  #connect(connection: ConnectionView): Answer<'connection:connect'> {
    this.app = { ...this.app, connection };
    this.emit('connection:changed', connection);
    return ok(connection);
  }

  #draft(change: Partial<DraftView>): Answer<'draft:edit'> {
    this.app = { ...this.app, draft: { ...this.app.draft, ...change } };
    return ok(this.app.draft);
  }

  #run(id: string, change: Partial<RunView>): Answer<'runs:stop'> {
    const run = this.app.runs.find((candidate) => candidate.id === id);
    if (run === undefined) return failure('run-unknown');
    const changed = { ...run, ...change };
    this.app = { ...this.app, runs: this.app.runs.map((candidate) => (candidate.id === id ? changed : candidate)) };
    return ok(changed);
  }

  #recipe(id: string, change: Partial<RecipeView>): Answer<'recipes:load'> {
    const recipe = this.app.recipes.recipes.find((candidate) => candidate.id === id);
    if (recipe === undefined) return failure('recipe-unknown');
    const changed = { ...recipe, ...change };
    const recipes = this.app.recipes.recipes.map((candidate) => (candidate.id === id ? changed : candidate));
    this.app = { ...this.app, recipes: { ...this.app.recipes, recipes } };
    return ok(changed);
  }

  /** Names by the simplest of rules: what stands for main's own naming is of no matter here. */
  #plan(given: string | null): SavePlanView {
    const rule = given ?? '{name}';
    const here = this.result.artifacts.filter(({ url }) => url !== null);
    const names = here.map(({ name }) => rule.replace('{name}', name.replace(/\.[^.]*$/, '')) + '.png');
    return { rule, folder: this.saveFolder, names: names.slice(0, 6), files: names.length };
  }

  #system(change: Partial<SystemView>): Answer<'settings:system'> {
    this.system = { ...this.system, ...change };
    return ok(this.system);
  }

  #rename(profileId: string, name: string): Answer<'connection:rename'> {
    const renamed = <Profile extends ProfileView | null>(profile: Profile): Profile =>
      profile?.id === profileId ? { ...profile, name } : profile;
    const { profile, profiles } = this.app.connection;
    const connection = { ...this.app.connection, profile: renamed(profile), profiles: profiles.map(renamed) };
    return this.#connect(connection);
  }

  #settings(change: Partial<SettingsView>): Answer<'settings:change'> {
    this.app = { ...this.app, settings: { ...this.app.settings, ...change } };
    return ok(this.app.settings);
  }

  readonly #usual: Script = {
    'app:view': () => ok(this.app),
    'app:about': () => ok(this.app.about),
    'runs:see-all': () => ok({ runs: 0 }),
    'runs:unsee-all': () => ok(null),
    'app:quit': () => ok(null),
    'app:start-read': () => ok(null),
    'app:reveal-data': () => ok(null),
    'app:reveal-log': () => ok(null),
    'connection:probe': ({ address }) => ok({ address: `http://${address}`, version: '1.0.4' }),
    'connection:inspect-token': () => ok(TOKEN),
    'connection:connect': () => this.#connect(aConnection()),
    'connection:practice': () => this.#connect(aConnection()),
    'connection:use': () => this.#connect(aConnection()),
    'connection:forget': () => ok(this.app.connection),
    'connection:check': () => ok(this.app.connection),
    'recipes:refresh': () => ok(this.app.recipes),
    'recipes:load': ({ recipeId }) => this.#recipe(recipeId, {}),
    'recipes:want': () => ok(null),
    'recipes:detail': ({ recipeId }) => ok({ recipeId, category: '', help: '', blocks: 3, form: null, lastValues: {} }),
    'recipes:favourite': ({ recipeId, favourite }) => this.#recipe(recipeId, { favourite }),
    'presets:values': () => ok({}),
    'presets:save': ({ recipeId, name }) => ok({ id: name, recipeId, name, hint: '', usedAt: 0 }),
    'presets:rename': ({ presetId, name }) => ok({ id: presetId, recipeId: '', name, hint: '', usedAt: 0 }),
    'presets:remove': () => ok(null),
    'presets:restore': () => failure('preset-unknown'),
    'draft:use-preset': ({ presetId }) => this.#draft({ presetId }),
    'draft:add': ({ paths, unsaved, texts }) =>
      this.#draft({
        attachments: [
          ...this.app.draft.attachments,
          ...paths.map((path) => anAttachment({ id: path, name: path.split('/').at(-1) ?? path })),
          ...unsaved.map(({ name, size }) => anAttachment({ id: name, name, size })),
          ...texts.map((text) => anAttachment({ id: text, kind: 'text', name: 'Text', excerpt: text })),
        ],
      }),
    'draft:pick-files': () => ok(this.app.draft),
    'draft:pick-folder': () => ok(this.app.draft),
    'draft:open-folder': () => ok(this.app.draft),
    'draft:look-again': () => ok(this.app.draft),
    'draft:send-as': ({ attachmentId, sendAs }) =>
      this.#draft({
        attachments: this.app.draft.attachments.map((each) => (each.id === attachmentId ? { ...each, sendAs } : each)),
      }),
    'draft:fill-also': ({ attachmentId, from, to }) =>
      this.#draft({
        attachments: this.app.draft.attachments.flatMap((each) =>
          each.id === attachmentId
            ? [
                { ...each, field: from },
                { ...each, id: `${each.id}, too`, field: to },
              ]
            : [each],
        ),
      }),
    'draft:picture': () => failure('not-found'),
    'draft:convert': ({ attachmentId }) =>
      this.#draft({
        attachments: this.app.draft.attachments.map((each) =>
          each.id === attachmentId ? { ...each, name: 'converted.png', mime: 'image/png', convertible: false } : each,
        ),
      }),
    'draft:use-original': () => ok(this.app.draft),
    'draft:move': ({ attachmentId, to }) => {
      const { attachments } = this.app.draft;
      const moved = attachments.filter(({ id }) => id === attachmentId);
      return this.#draft({
        attachments: attachments.filter(({ id }) => id !== attachmentId).toSpliced(to, 0, ...moved),
      });
    },
    'draft:paste': () => ok(this.app.draft),
    'draft:remove': ({ attachmentId }) =>
      this.#draft({ attachments: this.app.draft.attachments.filter(({ id }) => id !== attachmentId) }),
    'draft:clear': () => this.#draft({ attachments: [], message: '', data: '' }),
    'draft:undo': () => this.#draft({}),
    'draft:redo': () => this.#draft({}),
    'draft:fill-field': ({ attachmentId, field }) =>
      this.#draft({
        attachments: this.app.draft.attachments.map((each) => (each.id === attachmentId ? { ...each, field } : each)),
      }),
    'draft:edit': (edit) => this.#draft(given(edit)),
    'draft:from-run': () => ok(this.app.draft),
    'runs:start': () => failure('nothing-to-run'),
    'runs:drop': () => failure('nothing-to-run'),
    'runs:undo-start': () => ok(this.app.draft),
    'runs:stop': ({ runId }) => this.#run(runId, { stopRequested: true }),
    'runs:give-up': ({ runId }) => this.#run(runId, { state: 'lost', reason: 'given-up', endedAt: Date.now() }),
    'runs:seen': ({ runId }) => this.#run(runId, { unseen: false }),
    'runs:remove': () => ok({ until: Date.now() + 10_000 }),
    'runs:restore': ({ runIds }) => ok(this.app.runs.filter(({ id }) => runIds.includes(id))),
    'runs:again': ({ runId }) => this.#run(runId, {}),
    'runs:failed-again': () => ok([]),
    'runs:stop-batch': () => ok(null),
    'runs:stop-all': () => ok(null),
    'runs:adopt': ({ runId }) => this.#run(runId, { state: 'running', reason: null }),
    'runs:favourite': ({ runId, favourite }) => this.#run(runId, { favourite }),
    'runs:search': () => ok({ runs: [], more: null, total: 0 }),
    'runs:choices': () => ok({ recipes: [], servers: [] }),
    'table:open': () => ok(this.app.draft),
    'table:pick': () => ok(this.app.draft),
    'table:read': () => failure('not-found'),
    'table:check': () => failure('not-found'),
    'table:look-again': () => failure('not-found'),
    'table:match': () => failure('not-found'),
    'table:cell': () => failure('not-found'),
    'table:names': () => ok(this.app.draft),
    'table:allow-outside': () => failure('not-found'),
    'table:close': () => this.#draft({ table: null }),
    'table:start': () => failure('nothing-to-run'),
    'batches:view': () => failure('batch-unknown'),
    'batches:progress': () => ok({ counts: [], endedAt: null }),
    'batches:rows': () => ok([]),
    'batches:order': () => ok([]),
    'batches:save-csv': () => ok({ savedAs: 'Photograph.csv' }),
    'batches:export': () => ok({ folder: '/home/ada/Photograph', files: 12, failed: [] }),
    'batches:stop-export': () => ok(null),
    'external-jobs:open': () => failure('not-found'),
    'results:view': () => ok(this.result),
    'results:preview': () => ok({ kind: 'none' }),
    'results:fetch': () => ok(null),
    'results:picture-size': () => ok(null),
    'results:bytes': () => ok(null),
    'results:copy-text': () => ok(null),
    'results:save-part': () => ok({ savedAs: 'Upscale photo.md' }),
    'results:use-part': () => ok(this.app.draft),
    'results:save': () => ok({ savedAs: 'saved.png' }),
    'results:save-plan': ({ rule }) => ok(this.#plan(rule)),
    'results:save-folder': ({ rule }) => {
      this.saveFolder = '/home/ada/Pictures';
      return ok(this.#plan(rule));
    },
    'results:save-all': () => ok({ folder: this.saveFolder ?? 'Downloads', files: 2, failed: [] }),
    'results:copy-picture': () => ok(null),
    'results:open': () => ok(null),
    'results:drag': () => ok(null),
    'results:use': () => ok(this.app.draft),
    'results:sent': () => ok({ start: 'taken', requests: [] }),
    'results:copy-curl': () => ok(null),
    'results:log': () => ok({ entries: [], files: 0, bytes: 0, tookMs: null }),
    'results:export': () => ok({ folder: '/home/ada/Upscale photo', files: 2, failed: [] }),
    'results:reveal': () => ok(null),
    'app:navigated': () => ok(null),
    'connection:rename': ({ profileId, name }) => this.#rename(profileId, name),
    'settings:system': () => ok(this.system),
    'settings:start-at-login': ({ on }) => this.#system({ startsAtLogin: on ? 'on' : 'off' }),
    'settings:shortcut': ({ accelerator }) => {
      this.emit('settings:changed', { ...this.app.settings, shortcut: accelerator });
      return this.#system({ shortcut: accelerator === null ? 'none' : 'held' });
    },
    'settings:test-notification': () => ok({ shown: true }),
    'storage:view': () => ok(aStorage()),
    'storage:old-runs': () => ok({ runs: 12, bytes: 5_033_164 }),
    'storage:remove-old-runs': () => ok({ runIds: ['r1'], until: Date.now() + 10_000 }),
    'storage:clear-history': () => ok({ runs: 12 }),
    'connection:forget-all': () => ok(noConnection),
    'settings:change': (patch) => this.#settings(given(patch)),
  };
}

/** The fields that were given a value. */
const given = <Patch extends object>(patch: Patch): { [Name in keyof Patch]?: NonUndefined<Patch[Name]> } =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Patch]?: NonUndefined<Patch[Name]>;
  };
type NonUndefined<T> = T extends undefined ? never : T;
