import { hasWords, type PresetView, type RecipeId, type RecipeView } from '../contract.ts';
import { type Hovering, takesSome } from './drop-data.ts';

export interface RecipeSection {
  readonly title: string;
  readonly recipes: readonly RecipeView[];
}

/** What can be chosen in the list: a recipe, or one of its presets. */
export interface RecipeOption {
  /** Of the recipe or the preset. */
  readonly id: string;
  readonly recipe: RecipeView;
  readonly preset: PresetView | null;
}

/** A recipe and its presets. While searching only the presets that match, if any does. */
function optionsOf(recipe: RecipeView, presets: readonly PresetView[], query: string): readonly RecipeOption[] {
  const matching = presets.filter(({ name }) => hasWords(name, query));
  const shown = matching.length > 0 ? matching : presets;
  return [
    { id: recipe.id, recipe, preset: null },
    ...shown.map((preset): RecipeOption => ({ id: preset.id, recipe, preset })),
  ];
}

/** What the list shows: titles of sections, recipes and presets. */
type RecipeItem = { readonly title: string; readonly count: number } | RecipeOption;

export const itemsOf = (
  sections: readonly RecipeSection[],
  presetsOf: (id: RecipeId) => readonly PresetView[],
  query: string,
): readonly RecipeItem[] =>
  sections.flatMap(({ title, recipes }): readonly RecipeItem[] => [
    { title, count: recipes.length },
    ...recipes.flatMap((recipe) => optionsOf(recipe, presetsOf(recipe.id), query)),
  ]);

/** Heights in the list, in pixels. */
export const TITLE = 32;
const ROW = 46;
const CARD = 34;

export const heightOf = (item: RecipeItem): number => ('title' in item ? TITLE : item.preset === null ? ROW : CARD);

/** What Enter chooses after a search: the first recipe, or its preset when only that has the words. */
export function bestOption(options: readonly RecipeOption[], query: string): RecipeOption | null {
  const [first] = options;
  if (first === undefined || hasWords(first.recipe.name, query)) return first ?? null;
  const preset = options.find((option) => option.preset !== null && hasWords(option.preset.name, query));
  return preset?.recipe === first.recipe ? preset : first;
}

const MOST_RECENT = 5;

/** What recipes are matched with. */
export interface InHand {
  readonly things: Hovering['things'];
  /** Whether the things are still dragged over the window. */
  readonly isHovering: boolean;
}

interface Look {
  readonly query: string;
  readonly inHand: InHand;
  /** The recipe that last ran on similar attachments. */
  readonly suggested: RecipeView | null;
}

/**
 * The list in sections; each recipe occurs once. Search results are one section, best match first. During a drag,
 * recipes that take the dragged files come first in their section.
 */
export function sectionsOf(
  recipes: readonly RecipeView[],
  { query, inHand, suggested }: Look,
): readonly RecipeSection[] {
  const sections = query.trim() === '' ? usualSections(recipes, suggested) : [{ title: 'Found', recipes }];
  if (!inHand.isHovering) return sections.filter(hasRecipes);
  const takes = ({ shape }: RecipeView): boolean => takesSome(shape, inHand.things);
  return sections.filter(hasRecipes).map((section) => ({
    ...section,
    recipes: [...section.recipes.filter(takes), ...section.recipes.filter((recipe) => !takes(recipe))],
  }));
}

function usualSections(all: readonly RecipeView[], suggested: RecipeView | null): readonly RecipeSection[] {
  const first = all.filter(({ id }) => id === suggested?.id);
  const recipes = all.filter(({ id }) => id !== suggested?.id);
  const favourites = recipes.filter(({ favourite }) => favourite);
  const recent = recipes
    .filter(({ favourite, usedAt }) => !favourite && usedAt !== null)
    .toSorted((one, other) => (other.usedAt ?? 0) - (one.usedAt ?? 0))
    .slice(0, MOST_RECENT);
  const above = new Set([...favourites, ...recent].map(({ id }) => id));
  const rest = recipes.filter(({ id }) => !above.has(id));
  return [
    { title: 'Last used for these', recipes: first },
    { title: 'Favourites', recipes: favourites },
    { title: 'Recent', recipes: recent },
    { title: 'Yours', recipes: rest.filter(({ mine }) => mine) },
    { title: 'Public', recipes: rest.filter(({ mine }) => !mine) },
  ];
}

const hasRecipes = ({ recipes }: RecipeSection): boolean => recipes.length > 0;

/** The list with the changed recipes replaced. */
export function withChanged(recipes: readonly RecipeView[], changed: readonly RecipeView[]): readonly RecipeView[] {
  const byId = new Map(changed.map((recipe) => [recipe.id, recipe]));
  return recipes.map((recipe) => byId.get(recipe.id) ?? recipe);
}
