import { CHAT_RECIPES, ODD_CHAT_RECIPES } from './chat-recipes.ts';
import type { Draft } from './draft.ts';
import { graph } from '../blocks/graph.ts';
import { FORM_RECIPES, ODD_FORM_RECIPES } from './form-recipes.ts';
import { LESSON_RECIPES } from './lesson-recipes.ts';
import { ODD_RECIPES } from './odd-recipes.ts';
import type { Recipe } from './recipe.ts';
import { WORK_RECIPES } from './work-recipes.ts';

const FIRST_CREATED = Date.UTC(2026, 0, 5, 9);
const HOUR = 3_600_000;

/** The path under which this server draws a recipe's picture. */
export const drawnPicture = (id: string): string => `/extensions/omni-extension-practice/pictures/${id}.png`;

/** Useful recipes have their own picture. The others have a bare file name, as most real ones, or none (wire 2b). */
function pictureOf(draft: Draft): string | null {
  if ([WORK_RECIPES, CHAT_RECIPES, FORM_RECIPES].some((drafts) => drafts.includes(draft)))
    return drawnPicture(draft.id);
  return draft.public === true ? null : 'omni.png';
}

/** The recipes that every practice server starts with, oldest first. */
export const RECIPES: readonly Recipe[] = [
  ...WORK_RECIPES,
  ...LESSON_RECIPES,
  ...CHAT_RECIPES,
  ...FORM_RECIPES,
  ...ODD_CHAT_RECIPES,
  ...ODD_RECIPES,
  ...ODD_FORM_RECIPES,
].map((draft, index): Recipe => {
  const { blocks, wires, ...words } = draft;
  const created = FIRST_CREATED + index * HOUR;
  return {
    public: false,
    hidden: false,
    ...words,
    picture: pictureOf(draft),
    created,
    updated: created,
    nodes: graph(blocks, wires),
  };
});

const DEEDS = ['Sort', 'Sharpen', 'Translate', 'Summarise', 'Compare', 'Colour', 'Count', 'Label', 'Clean', 'Merge'];
const THINGS = ['invoices', 'portraits', 'interviews', 'maps', 'letters', 'recordings', 'tables', 'sketches', 'photos'];
const FIRST_MORE = Date.UTC(2026, 2, 1);

/**
 * Makes any number of further recipes, to test clients with long lists. They are the same each time and can be run: they
 * have the blocks of the useful ones. Every tenth is public.
 */
export const moreRecipes = (count: number): readonly Recipe[] =>
  Array.from({ length: count }, (_, index): Recipe => {
    const model = RECIPES[index % WORK_RECIPES.length] ?? null;
    const [deed = '', thing = ''] = [DEEDS[index % DEEDS.length], THINGS[index % THINGS.length]];
    const number = String(index + 1).padStart(12, '0');
    const isPublic = index % 10 === 9;
    const created = FIRST_MORE + index * 60_000;
    return {
      id: isPublic ? `6f0f2a518c1e4f0b9a550000${number}` : `6f0f2a51-8c1e-4f0b-9a55-${number}`,
      name: `${deed} ${thing} ${index + 1}`,
      description: `${deed}s ${thing}. One of many, made up for practice.`,
      help: model?.help ?? '',
      tags: ['#practice', '#generated', `#${thing}`],
      public: isPublic,
      hidden: false,
      picture: null,
      created,
      updated: created,
      nodes: model?.nodes ?? {},
    };
  });
