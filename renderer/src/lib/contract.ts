/** What the page knows of the rest of the program: the data it is shown and the words for it. */
export type { ErrorView, Result } from '../../../electron/contract/errors.ts';
export type * from '../../../electron/contract/views.ts';
export * from '../../../electron/contract/artifact-kinds.ts';
export * from '../../../electron/contract/connection-words.ts';
export * from '../../../electron/contract/kinds.ts';
export { isDesignFile } from '../../../electron/contract/file-formats.ts';
export { buildRecipeIndex, searchRecipes } from '../../../electron/contract/recipe-search.ts';
export { END_STATES, PASSING_PROBLEMS, RUN_STATES } from '../../../electron/contract/views.ts';
export { needsYou } from '../../../electron/contract/run-needs.ts';
export * from '../../../electron/contract/store-words.ts';
export * from '../../../electron/contract/text-encodings.ts';
export * from '../../../electron/contract/words.ts';
export type { Dropped } from '../../../electron/contract/calls/dropped.ts';
export { isNestedTooDeep } from '../../../electron/contract/json-depth.ts';
export { LARGEST_PICTURE, LIMITS, MAX_BYTES } from '../../../electron/contract/limits.ts';
export { limitWords } from '../../../electron/contract/limit-words.ts';
export { textThing } from '../../../electron/contract/long-text.ts';
export type { RunSearchFilter } from '../../../electron/contract/calls/runs.ts';
