import type { RecipeView } from '../contract.ts';

export interface RecipeSection {
  readonly title: string;
  readonly recipes: readonly RecipeView[];
}

const MOST_RECENT = 5;

/** The list in the order in which people look for things; each recipe once. What was searched for is one list, the best first. */
export function sectionsOf(recipes: readonly RecipeView[], query: string): readonly RecipeSection[] {
  if (query.trim() !== '') return [{ title: 'Found', recipes }].filter(hasRecipes);
  const favourites = recipes.filter(({ favourite }) => favourite);
  const recent = recipes
    .filter(({ favourite, usedAt }) => !favourite && usedAt !== null)
    .toSorted((one, other) => (other.usedAt ?? 0) - (one.usedAt ?? 0))
    .slice(0, MOST_RECENT);
  const above = new Set([...favourites, ...recent].map(({ id }) => id));
  const rest = recipes.filter(({ id }) => !above.has(id));
  return [
    { title: 'Favourites', recipes: favourites },
    { title: 'Recent', recipes: recent },
    { title: 'Yours', recipes: rest.filter(({ mine }) => mine) },
    { title: 'Public', recipes: rest.filter(({ mine }) => !mine) },
  ].filter(hasRecipes);
}

const hasRecipes = ({ recipes }: RecipeSection): boolean => recipes.length > 0;

/** The list with the changed ones in the place of what they were. */
export function withChanged(recipes: readonly RecipeView[], changed: readonly RecipeView[]): readonly RecipeView[] {
  const byId = new Map(changed.map((recipe) => [recipe.id, recipe]));
  return recipes.map((recipe) => byId.get(recipe.id) ?? recipe);
}
