/** The data that --json prints. Addresses that only the window can load are left out. */
import type { RecipeView, RunId, RunView } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import { artifactPath } from '../core/model/artifact-path.ts';

/** A run without its picture's address and without fields that only the process receiving its events knows. */
export const runData = (run: RunView): object => without(run, 'picture', 'said');

/** A recipe without its picture's address. */
export const recipeData = (recipe: RecipeView): object => without(recipe, 'picture');

/** A result as one JSON value, with the paths of its files. `saved` holds the paths of copies made for the user. */
export function resultData(core: Core, runId: RunId, saved: readonly string[] | null): object {
  const { run, artifacts, objects, ...result } = core.runs.result(runId);
  return {
    run: runData(run),
    ...result,
    objects: objects.map((object): unknown => JSON.parse(object)),
    artifacts: artifacts.map((artifact) => without(artifact, 'url')),
    files: pathsOf(core, runId, saved),
  };
}

/** The paths of a result's files: the copies if they were made, otherwise the files that OmniTray keeps. */
export const pathsOf = (core: Core, runId: RunId, saved: readonly string[] | null): readonly string[] =>
  saved ?? core.results.find(runId).artifacts.flatMap((artifact) => artifactPath(core.folderOf(runId), artifact) ?? []);

const without = <T extends object>(value: T, ...keys: readonly (keyof T & string)[]): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !(keys as readonly string[]).includes(name)));
