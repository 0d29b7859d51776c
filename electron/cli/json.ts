/** What --json prints. The addresses under which the window loads pictures and files mean nothing outside of it. */
import type { RecipeView, RunId, RunView } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import { artifactPath } from '../core/model/artifact-path.ts';

/** A run without its picture's address and without what only the process that receives its events knows. */
export const runData = (run: RunView): object => without(run, 'picture', 'said');

/** A recipe without its picture's address. */
export const recipeData = (recipe: RecipeView): object => without(recipe, 'picture');

/** A result as one JSON value: what came back, and the paths of its files. `saved` names copies made for the person. */
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

/** The paths of a result's files: of the copies that were made, else of those that OmniTray keeps. */
export const pathsOf = (core: Core, runId: RunId, saved: readonly string[] | null): readonly string[] =>
  saved ?? core.results.find(runId).artifacts.flatMap((artifact) => artifactPath(core.folderOf(runId), artifact) ?? []);

const without = <T extends object>(value: T, ...keys: readonly (keyof T & string)[]): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !(keys as readonly string[]).includes(name)));
