/**
 * Every call a window can make, declared once: its name, the schema of its argument, the type of its answer.
 * The router, the preload script, `window.omnitray` and the renderer's bridge are all derived from this table.
 */
import { z } from 'zod';
import type {
  AboutView,
  AppView,
  ConnectionView,
  DraftView,
  RecipeDetailView,
  RecipesView,
  RecipeView,
  ResultView,
  RunView,
  ServerProbe,
  SettingsView,
  TokenView,
} from './views.ts';

interface Call<Schema extends z.ZodType, Answer> {
  readonly request: Schema;
  /** Carries the answer's type; there is no value. */
  readonly answer?: Answer;
}

const takes = <Schema extends z.ZodType>(request: Schema) => ({
  gives: <Answer>(): Call<Schema, Answer> => ({ request }),
});

const nothing = takes(z.undefined());
const id = z.string().min(1).max(128);
const address = z.string().max(2_048);

/** No real token comes near this; the server refuses headers of 20 KB (wire 1). */
const token = z.string().min(1).max(16_384);

/** A pasted token is read from the clipboard by the main process and never enters the page. */
const tokenSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('clipboard') }),
  z.strictObject({ from: z.literal('typed'), token }),
]);

export const CALLS = {
  'app:view': nothing.gives<AppView>(),
  /** Also asks the keychain whether it works, which may take seconds and may ask the user to unlock it. */
  'app:about': nothing.gives<AboutView>(),
  'app:reveal-data': nothing.gives<null>(),
  'app:reveal-log': nothing.gives<null>(),

  'connection:probe': takes(z.strictObject({ address })).gives<ServerProbe>(),
  /** Says what a token is like. From the clipboard, it is kept in memory until `connection:connect`. */
  'connection:inspect-token': takes(tokenSource).gives<TokenView>(),
  'connection:connect': takes(
    z.strictObject({ address, token: tokenSource, keep: z.enum(['keychain', 'session']), allowInsecure: z.boolean() }),
  ).gives<ConnectionView>(),
  'connection:practice': nothing.gives<ConnectionView>(),
  'connection:use': takes(z.strictObject({ profileId: id })).gives<ConnectionView>(),
  'connection:forget': takes(z.strictObject({ profileId: id })).gives<ConnectionView>(),
  'connection:check': nothing.gives<ConnectionView>(),

  'recipes:refresh': nothing.gives<RecipesView>(),
  /** Loads what a recipe takes and gives, where the listing did not say. */
  'recipes:load': takes(z.strictObject({ recipeId: id })).gives<RecipeView>(),
  /** These are in sight: what they take and give is loaded before that of others. Answers at once. */
  'recipes:want': takes(z.strictObject({ recipeIds: z.array(id).max(200) })).gives<null>(),
  'recipes:detail': takes(z.strictObject({ recipeId: id })).gives<RecipeDetailView>(),
  'recipes:favourite': takes(z.strictObject({ recipeId: id, favourite: z.boolean() })).gives<RecipeView>(),

  'draft:add-paths': takes(
    z.strictObject({ paths: z.array(z.string().min(1).max(32_767)).max(1_000) }),
  ).gives<DraftView>(),
  /** A text of one web address becomes a link. */
  'draft:add-text': takes(z.strictObject({ text: z.string().min(1).max(5_000_000) })).gives<DraftView>(),
  'draft:pick-files': nothing.gives<DraftView>(),
  'draft:paste': nothing.gives<DraftView>(),
  'draft:remove': takes(z.strictObject({ attachmentId: id })).gives<DraftView>(),
  'draft:clear': nothing.gives<DraftView>(),
  'draft:edit': takes(
    z.strictObject({
      recipeId: id.nullable().optional(),
      message: z.string().max(5_000_000).optional(),
      mode: z.enum(['together', 'each']).optional(),
    }),
  ).gives<DraftView>(),
  /** Puts the inputs, message and recipe of an earlier run back on the table. */
  'draft:from-run': takes(z.strictObject({ runId: id })).gives<DraftView>(),

  /** Runs the draft as it stands on its recipe, and clears it. Several runs when each attachment is to have its own. */
  'runs:start': nothing.gives<readonly RunView[]>(),
  /** Runs it once more on the very same inputs. Files that changed or went away are told, and nothing is sent. */
  'runs:again': takes(z.strictObject({ runId: id })).gives<RunView>(),
  /** Runs those of a batch again that did not succeed. */
  'runs:failed-again': takes(z.strictObject({ batchId: id })).gives<readonly RunView[]>(),
  'runs:stop': takes(z.strictObject({ runId: id })).gives<RunView>(),
  'runs:stop-batch': takes(z.strictObject({ batchId: id })).gives<null>(),
  'runs:stop-all': nothing.gives<null>(),
  /** Takes the one job on the server that can be this unconfirmed run's for it, by the user's word. */
  'runs:adopt': takes(z.strictObject({ runId: id })).gives<RunView>(),
  /** Ends an unconfirmed run by the user's word. It is never sent again by itself. */
  'runs:give-up': takes(z.strictObject({ runId: id })).gives<RunView>(),
  'runs:seen': takes(z.strictObject({ runId: id })).gives<RunView>(),
  'runs:favourite': takes(z.strictObject({ runId: id, favourite: z.boolean() })).gives<RunView>(),
  /** Removes ended runs with their files; `runs:restore` brings them back until `until`. */
  'runs:remove': takes(z.strictObject({ runIds: z.array(id).min(1).max(10_000) })).gives<{ readonly until: number }>(),
  'runs:restore': takes(z.strictObject({ runIds: z.array(id).min(1).max(10_000) })).gives<readonly RunView[]>(),

  /** Brings a job that was started elsewhere here, as a run of its own. */
  'elsewhere:open': takes(z.strictObject({ elsewhereId: id })).gives<RunView>(),

  'results:view': takes(z.strictObject({ runId: id })).gives<ResultView>(),
  'results:copy-text': takes(
    z.strictObject({ runId: id, part: z.enum(['text', 'object', 'message']), position: z.int().min(0) }),
  ).gives<null>(),
  /** Asks where to, then copies. The answer is the chosen file's name, null when the user changed their mind. */
  'results:save': takes(z.strictObject({ runId: id, position: z.int().min(0) })).gives<{
    readonly savedAs: string | null;
  }>(),
  'results:save-all': takes(z.strictObject({ runId: id })).gives<{
    readonly folder: string | null;
    readonly files: number;
  }>(),
  'results:reveal': takes(z.strictObject({ runId: id, position: z.int().min(0).nullable() })).gives<null>(),

  'settings:change': takes(
    z.strictObject({
      theme: z.enum(['system', 'light', 'dark']).optional(),
      notifyWhen: z.enum(['always', 'unfocused', 'never']).optional(),
      notifyElsewhere: z.boolean().optional(),
      paused: z.boolean().optional(),
      keepInputs: z.boolean().optional(),
      adoptAlone: z.boolean().optional(),
      parallelRuns: z.int().min(1).max(16).optional(),
      keepDays: z.int().min(1).max(36_500).nullable().optional(),
      keepBytes: z.int().min(1_048_576).nullable().optional(),
    }),
  ).gives<SettingsView>(),
} as const;

export type CallName = keyof typeof CALLS;
export type RequestOf<Name extends CallName> = z.output<(typeof CALLS)[Name]['request']>;
export type AnswerOf<Name extends CallName> = NonNullable<(typeof CALLS)[Name]['answer']> | NullAnswer<Name>;

/** `NonNullable` drops the null of calls that answer with nothing; this puts it back. */
type NullAnswer<Name extends CallName> = null extends (typeof CALLS)[Name]['answer'] ? null : never;

export const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(CALLS, name);
