import { takesWords } from '../contract/words.ts';
import type { Core } from '../core/app/core.ts';
import { recipesWith } from './find-recipe.ts';
import type { ExitCode } from './help.ts';
import { EXIT } from './help.ts';
import type { Output } from './output.ts';
import { sayError, table } from './output.ts';
import { Refused, refusalOfConnection } from './connected.ts';

/** Lists recipes: from the server, or as last listed where it is away. */
export async function recipes(core: Core, output: Output, words: readonly string[]): Promise<ExitCode> {
  const refusal = await refusalOfConnection(core);
  if (refusal === null) await core.catalogue.refresh();
  const { recipes: all, problem: ofList, listedAt } = core.catalogue.view;
  const problem = refusal?.error ?? ofList;
  if (problem !== null && listedAt === null) throw new Refused(problem, refusal?.code ?? EXIT.noServer);
  if (problem !== null) sayError(output, problem);
  if (problem !== null) output.note('This is the list as it was last seen.');
  const found = recipesWith(all, words);
  if (output.json) output.result(JSON.stringify(found, null, 2));
  else if (found.length === 0) output.note(words.length === 0 ? 'This server has no recipes.' : 'No recipe fits.');
  else
    output.result(
      table(
        found.map((recipe) => [recipe.name, recipe.shape === null ? recipe.description : takesWords(recipe.shape)]),
      ),
    );
  return EXIT.done;
}
