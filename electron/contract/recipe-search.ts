/** Searches recipes while the user types. The index is built once per list, so that each keystroke is fast. */
import type { RecipeView } from './views.ts';

interface Entry {
  readonly recipe: RecipeView;
  readonly name: string;
  /** Name, description, author and tags. */
  readonly all: string;
}

/** `buildRecipeIndex` makes it for `searchRecipes`. */
export interface RecipeIndex {
  readonly entries: readonly Entry[];
}

/** Removes case and accents, in both of their encodings: `Résumé` and `resume` become the same. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();

/**
 * Prepares a list for searching. Equally good matches keep its order. `namesOf` gives names of parts of a recipe, such as
 * its presets, by which it is found too.
 */
export const buildRecipeIndex = (
  recipes: readonly RecipeView[],
  namesOf: (recipe: RecipeView) => readonly string[] = () => [],
): RecipeIndex => ({
  entries: recipes.map((recipe) => {
    const name = foldText(recipe.name);
    const more = foldText([recipe.description, recipe.author, ...recipe.tags, ...namesOf(recipe)].join(' '));
    return { recipe, name, all: `${name} ${more}` };
  }),
});

/**
 * The recipes that contain every word of the query, best first: names that begin with the query, names with words that
 * begin with its words, all others. Returns all recipes for an empty query.
 */
export function searchRecipes(index: RecipeIndex, query: string): readonly RecipeView[] {
  const words = wordsOf(query);
  if (words.length === 0) return index.entries.map(({ recipe }) => recipe);
  const begins: RecipeView[] = [];
  const named: RecipeView[] = [];
  const others: RecipeView[] = [];
  const whole = words.join(' ');
  for (const { recipe, name, all } of index.entries) {
    if (!words.every((word) => all.includes(word))) continue;
    if (name.startsWith(whole)) begins.push(recipe);
    else if (words.every((word) => beginsAWord(name, word))) named.push(recipe);
    else others.push(recipe);
  }
  return [...begins, ...named, ...others];
}

/** Whether a text contains every word of a query. */
export const hasWords = (text: string, query: string): boolean =>
  wordsOf(query).every((word) => foldText(text).includes(word));

const wordsOf = (query: string): readonly string[] =>
  foldText(query)
    .split(/\s+/u)
    .filter((word) => word !== '');

const LETTER = /[\p{L}\p{N}]/u;

function beginsAWord(name: string, word: string): boolean {
  for (let at = name.indexOf(word); at !== -1; at = name.indexOf(word, at + 1)) {
    if (at === 0 || !LETTER.test(name.charAt(at - 1))) return true;
  }
  return false;
}
