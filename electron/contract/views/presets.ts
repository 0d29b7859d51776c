/** Presets: named values for the form of a recipe. */
import type { PresetId, RecipeId } from './ids.ts';

/** A preset in a list, without its values. */
export interface PresetView {
  readonly id: PresetId;
  readonly recipeId: RecipeId;
  /** Unique in its recipe, whatever the case of its letters. */
  readonly name: string;
  /** What is special about its values, in a few words: `1024 × 768`; '' for nothing. */
  readonly hint: string;
  /** When it was last saved or used on this machine. */
  readonly usedAt: number;
}
