import { ownTextWords, shapeWords } from '../contract/text/recipes.ts';
import { FORM_NOTE_WORDS } from '../contract/text/forms.ts';
import type { RecipeId, RecipeView } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import { loadById, recipesWith } from './find-recipe.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import type { Output } from './output.ts';
import { sayError, table } from './output.ts';
import { Refused, refusalOfConnection } from './connected.ts';
import { recipeData } from './json.ts';
import { presetRows } from './presets.ts';
import { inputRows, inputSchema } from './recipe-inputs.ts';

/** How long to wait for inputs and outputs of recipes, in ms. What arrives later is stored and listed next time. */
const PATIENCE = 3_000;

/** Lists the recipes of the server, or the last known list if the server cannot be reached. */
export async function recipes(core: Core, output: Output, words: readonly string[]): Promise<ExitCode> {
  const refusal = await refusalOfConnection(core);
  if (refusal === null) await core.catalogue.refresh();
  const { problem: ofList, listedAt } = core.catalogue.view;
  const problem = refusal?.error ?? ofList;
  if (problem !== null && listedAt === null) throw new Refused(problem, refusal?.code ?? EXIT.noServer);
  if (problem !== null) sayError(output, problem);
  if (problem !== null) output.note('This is the list as it was last seen.');
  if (problem === null) await loadById(core, words.join(' '));
  const ids = recipesWith(core.catalogue.view.recipes, words).map(({ id }) => id);
  if (problem === null) await learn(core, ids);
  const found = ids.flatMap((id) => core.catalogue.find(id) ?? []);
  if (output.json)
    output.result(
      JSON.stringify(
        found.map((recipe) => dataOf(core, recipe)),
        null,
        2,
      ),
    );
  else if (found.length === 0) output.note(words.length === 0 ? 'This server has no recipes.' : 'No recipe fits.');
  else
    output.result(
      table(
        found.map((recipe) => [recipe.name, recipe.shape === null ? recipe.description : shapeWords(recipe.shape)]),
      ),
    );
  const [only] = found;
  if (!output.json && found.length === 1 && only !== undefined) printInputs(core, output, only);
  return EXIT.done;
}

/** Prints the inputs of a recipe's form, for `run --set`, and its presets; without a form the recipe's own text. */
function printInputs(core: Core, output: Output, recipe: RecipeView): void {
  const form = core.catalogue.formOf(recipe.id);
  const ownText = recipe.shape?.ownText;
  if (form === null && ownText !== undefined) output.result(`  ${ownTextWords(ownText)}`);
  if (form === null) return;
  output.result(table(inputRows(form)));
  const presets = presetRows(core, recipe);
  if (presets.length > 0) output.result(`Presets, for run --preset:\n${table(presets)}`);
  for (const note of form.notes) output.note(FORM_NOTE_WORDS[note]);
}

/** A recipe with the inputs of its form, null without one, with their JSON Schema, and its presets. */
function dataOf(core: Core, recipe: RecipeView): object {
  const form = core.catalogue.formOf(recipe.id);
  const presets = core.presets.of(recipe.id).map(({ name, values }) => ({ name, values }));
  return { ...recipeData(recipe), form, inputs: form === null ? null : inputSchema(form), presets };
}

/** Waits until the inputs and outputs of these recipes are known, at most `PATIENCE`. */
async function learn(core: Core, ids: readonly RecipeId[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const check = (): void => {
    if (ids.every((id) => core.catalogue.find(id)?.shape !== null)) resolve(undefined);
  };
  const unsubscribe = core.catalogue.onUpdated(check);
  const timer = setTimeout(() => resolve(undefined), PATIENCE);
  core.catalogue.want(ids);
  check();
  await promise;
  clearTimeout(timer);
  unsubscribe();
}
