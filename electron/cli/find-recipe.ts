import { recipeIdIn } from '../contract/recipe-id.ts';
import { foldText } from '../contract/recipe-search.ts';
import type { RecipeView } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import { AppError } from '../core/base/coded-error.ts';
import { UsageError } from './arguments.ts';

/** The most recipes named when several match. */
const MOST_NAMED = 5;

/**
 * Loads the recipe with this id, or behind this address, if no list holds it (wire 13.5). Then it is found like the others.
 *
 * @throws UsageError when the server has no recipe with this id
 */
export async function loadById({ catalogue }: Core, wanted: string): Promise<void> {
  const id = recipeIdIn(wanted);
  if (id === null || catalogue.find(id) !== null) return;
  try {
    await catalogue.load(id);
  } catch (failure) {
    if (!(failure instanceof AppError && failure.code === 'recipe-unknown')) throw failure;
    throw new UsageError(`The server has no recipe with the id ${id}. omnitray recipes lists those that it shows`);
  }
}

/** The recipes whose name holds every word, or the one with this id. */
export function recipesWith(recipes: readonly RecipeView[], words: readonly string[]): readonly RecipeView[] {
  const wanted = words.flatMap((word) => foldText(word).split(/\s+/)).filter((word) => word !== '');
  const id = recipeIdIn(words.join(' ')) ?? words[0];
  return recipes.filter((recipe) => recipe.id === id || wanted.every((word) => foldText(recipe.name).includes(word)));
}

/**
 * Finds one recipe by its id, its whole name, or words that only one name holds. It never guesses.
 *
 * @throws UsageError if none or several match; it names some of them
 */
export function findRecipe(recipes: readonly RecipeView[], wanted: string): RecipeView {
  const id = recipeIdIn(wanted) ?? wanted;
  const named = recipes.filter((recipe) => recipe.id === id || foldText(recipe.name) === foldText(wanted.trim()));
  const found = named.length > 0 ? named : recipesWith(recipes, [wanted]);
  const [first, ...others] = found;
  if (first === undefined) throw new UsageError(`There is no recipe "${wanted}". omnitray recipes lists them`);
  if (others.length === 0) return first;
  const names = found.slice(0, MOST_NAMED).map((recipe) => `  ${recipe.name}  (${recipe.id})`);
  throw new UsageError(`Several recipes fit "${wanted}":\n${names.join('\n')}\nGive more of the name, or the id`);
}
