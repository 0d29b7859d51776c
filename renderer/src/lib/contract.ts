/** What the page knows of the rest of the program: the data it is shown and the words for it. */
export type { ErrorView, Result } from '../../../electron/contract/errors.ts';
export type * from '../../../electron/contract/views.ts';
export * from '../../../electron/contract/artifact-kinds.ts';
export * from '../../../electron/contract/connection-words.ts';
export * from '../../../electron/contract/kinds.ts';
export { buildRecipeIndex, searchRecipes } from '../../../electron/contract/recipe-search.ts';
export * from '../../../electron/contract/words.ts';
