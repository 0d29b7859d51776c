import { dirname, resolve } from 'node:path';
import { inputKindWords } from '../contract/text/recipes.ts';
import { placeInForm, type RecipeInputs, usedIn } from '../contract/form-files.ts';
import { withMessage } from '../contract/form-message.ts';
import { problemsOf } from '../contract/form-rules.ts';
import { formProblemWords } from '../contract/text/forms.ts';
import { listWords } from '../contract/formats.ts';
import type { DraftMode, FormValues, InputKind, RecipeForm, RecipeShape, RecipeView } from '../contract/views.ts';
import { isEnded } from '../contract/views.ts';
import { AppError } from '../core/base/coded-error.ts';
import type { Core } from '../core/app/core.ts';
import { learnRecipe, startDraft, startTable } from '../core/app/start-runs.ts';
import type { Attachment } from '../core/model/attachment.ts';
import type { Command } from './arguments.ts';
import { UsageError } from './arguments.ts';
import { Refused, refusalOfConnection } from './connected.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import { findRecipe, loadById } from './find-recipe.ts';
import { finishAll } from './finish.ts';
import { fillIn } from './form-values.ts';
import { printChat } from './live-chat.ts';
import { makeFolder } from './make-folder.ts';
import type { Output } from './output.ts';
import { sayOwnText } from './own-text.ts';
import { savePreset, valuesOfPreset } from './presets.ts';
import { openTable } from './run-table.ts';
import { controlWords } from './recipe-inputs.ts';
import { textOf } from './standard-input.ts';
import { waitForEnd } from './wait.ts';
import { terminalFileWords } from './words.ts';

type RunCommand = Extract<Command, { name: 'run' }>;
type ResumeCommand = Extract<Command, { name: 'resume' }>;

/** Runs a recipe on files, waits for its end, and prints the result. */
export async function run(core: Core, output: Output, command: RunCommand, owner: string): Promise<ExitCode> {
  const refusal = await refusalOfConnection(core);
  if (refusal !== null) throw refusal;
  const { problem: unlisted, recipes } = await core.catalogue.refresh();
  if (unlisted !== null && recipes.length === 0) throw new Refused(unlisted, EXIT.noServer);
  await loadById(core, command.recipe);
  const recipe = await loaded(core, findRecipe(core.catalogue.view.recipes, command.recipe));
  const message = command.message === '-' ? await textOf(process.stdin) : command.message;
  const form = core.catalogue.formOf(recipe.id);
  const filled = await fillIn({ name: recipe.name, form }, command.set, command.values);
  const values = { ...valuesOfPreset(core, recipe, command.preset), ...filled.values };
  const isForField = (path: string): boolean => filled.files.some((file) => file.path === path);
  const named = command.files.map((file) => ({ path: resolve(file) })).filter(({ path }) => !isForField(path));
  await core.draft.addItems([...named, ...filled.files]);
  if (command.sendAs !== null) sendAll(core, recipe, command.sendAs);
  const { attachments } = core.draft.contents();
  refuseBadFiles(attachments, [...command.files, ...filled.files.map(({ path }) => path)]);
  const mode = command.each ? 'each' : 'together';
  const inputs = { takes: recipe.shape?.takes ?? null, form, values };
  const messageName = command.message === '-' ? 'The text from standard input' : 'The message';
  const notUsed = sayLeftOut(output, recipe, { inputs, attachments, message, messageName, mode });
  if (form === null && message.trim() === '') sayOwnText(output, recipe, attachments);
  if (form !== null && command.table === null) refuseBadValues(form, withMessage(inputs, message), attachments);
  core.draft.edit({ recipeId: recipe.id, message, values, mode });
  if (command.table !== null) await openTable(core, output, { name: recipe.name, form }, command.table);
  savePreset(core, recipe, command.savePreset, values);
  // Before anything is sent, so that a folder that cannot be made fails early.
  if (command.out !== null) await makeFolder(command.out);
  if (command.csv !== null) await makeFolder(dirname(resolve(command.csv)));
  const { runs } =
    command.table === null
      ? await startDraft(core, owner)
      : await startTable(core, { owner, heldForMs: 0, withoutBadRows: command.table.skipBad });
  const ids = runs.map(({ id }) => id);
  const chat = printChat(core, output, ids);
  const waited = await waitForEnd(core, output, ids, command.timeoutMs);
  chat.stop();
  const code = await finishAll(core, output, waited, {
    out: command.out,
    asList: command.each || command.table !== null,
    chat,
    notUsed,
  });
  if (command.csv !== null) output.note(`Written: ${await core.batchSaver.newCsv(ids, resolve(command.csv))}`);
  if (waited.cutBy !== 'signal') await core.copies.settled();
  return code;
}

/** The recipe with its inputs if the server describes them. */
async function loaded(core: Core, recipe: RecipeView): Promise<RecipeView> {
  await learnRecipe(core, recipe.id);
  return core.catalogue.find(recipe.id) ?? recipe;
}

/** Sends all files under the input `place`. @throws UsageError if the recipe does not have it */
function sendAll(core: Core, { name, shape }: RecipeView, place: InputKind): void {
  if (shape?.takes.includes(place) === false) throw new UsageError(`${name} does not take ${inputKindWords(place)}`);
  for (const { id } of core.draft.contents().attachments) core.draft.place(id, { sendAs: place });
}

/** @throws UsageError for the first file that cannot be sent. It names the file as it was typed. */
function refuseBadFiles(attachments: readonly Attachment[], typed: readonly string[]): void {
  const bad = attachments.find(({ problem }) => problem !== null);
  if (bad?.problem == null) return;
  throw new UsageError(terminalFileWords(bad.problem, typed.find((file) => resolve(file) === bad.path) ?? bad.name));
}

/**
 * Prints a line for each input that the recipe does not take and that is therefore not sent. Returns their names.
 *
 * @throws UsageError if no input is left
 */
function sayLeftOut(output: Output, { name, shape }: RecipeView, given: Given): readonly string[] {
  const { inputs, attachments, message, messageName, mode } = given;
  if (shape === null) return [];
  const used = usedIn(inputs, attachments, mode);
  const hasMessage = message.trim() !== '';
  const isMessageUsed = hasMessage && shape.takes.includes('text');
  const leftOut = [
    ...attachments.filter((attachment) => !used.includes(attachment)).map((attachment) => attachment.name),
    ...(hasMessage && !isMessageUsed ? [messageName] : []),
  ];
  if (leftOut.length === 0) return [];
  if (used.length === 0 && !isMessageUsed && inputs.form === null)
    throw new UsageError(`${name} ${takesWords(shape)}, so there is nothing to send: not ${listWords(leftOut, 'or')}`);
  for (const one of leftOut) output.problem(`${one} is left out: ${name} ${takesWords(shape)}.`);
  return leftOut;
}

/** What a command line gives to a recipe. */
interface Given {
  readonly inputs: RecipeInputs;
  readonly attachments: readonly Attachment[];
  readonly message: string;
  /** What the message is called. */
  readonly messageName: string;
  readonly mode: DraftMode;
}

/** @throws UsageError that names each field whose value cannot be sent */
function refuseBadValues(form: RecipeForm, values: FormValues, attachments: readonly Attachment[]): void {
  const placed = [...placeInForm(attachments, form, values).values()];
  const problems = problemsOf(form, values, (key) => placed.filter((field) => field === key).length);
  const lines = problems.flatMap(({ key, code }) => {
    const field = form.fields.find((each) => each.key === key);
    return field === undefined ? [] : [`${key}: ${formProblemWords(field, code)} (${controlWords(field.control)})`];
  });
  if (lines.length > 0) throw new UsageError(`Nothing was sent.\n${lines.join('\n')}`);
}

const takesWords = ({ takes, hasForm }: RecipeShape): string =>
  takes.length === 0 && hasForm
    ? 'takes its inputs by a form (--set)'
    : takes.length === 0
      ? 'takes no input'
      : `takes ${listWords(takes.map(inputKindWords))}`;

const NOTHING_LEFT = 'Nothing is left unfinished.';
const ELSEWHERE = "What is unfinished is looked after by OmniTray's window or by another command.";

/** Continues the unfinished runs of earlier commands and prints their results. */
export async function resume(core: Core, output: Output, { timeoutMs }: ResumeCommand): Promise<ExitCode> {
  if (!core.engine.resume()) throw new AppError('disk-failed', "OmniTray's folder");
  const ids = core.engine.mine().map(({ id }) => id);
  if (ids.length === 0) output.note(core.runs.list().every((run) => isEnded(run)) ? NOTHING_LEFT : ELSEWHERE);
  return finishAll(core, output, await waitForEnd(core, output, ids, timeoutMs), { out: null, asList: true });
}
