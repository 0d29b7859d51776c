import { z } from 'zod';
import type { RecipeDetailView, RecipesView, RecipeView } from '../views.ts';
import { id, nothing, PROTOCOL, takes } from './call.ts';

export const RECIPES_CALLS = {
  'recipes:refresh': nothing.gives<RecipesView>(),
  /** Loads what a recipe takes and gives, when the listing did not say. */
  'recipes:load': takes(z.strictObject({ recipeId: id })).gives<RecipeView>(),
  /** Loads what these visible recipes take and give before that of others. Answers at once. */
  'recipes:want': takes(z.strictObject({ recipeIds: z.array(id).max(200, PROTOCOL) })).gives<null>(),
  'recipes:detail': takes(z.strictObject({ recipeId: id })).gives<RecipeDetailView>(),
  'recipes:favourite': takes(z.strictObject({ recipeId: id, favourite: z.boolean() })).gives<RecipeView>(),
} as const;
