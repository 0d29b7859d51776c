import { inputKindWords, listWords, outputKindWords, withCapital } from '../contract.ts';
import type { AttachmentKind, InputKind, RecipeView } from '../contract.ts';

/** A recipe in the few words a list has room for: `Images in, text out`. What it is for, until that is known. */
export function recipeLine(recipe: RecipeView): string {
  const { shape } = recipe;
  if (shape === null) return recipe.description || (recipe.mine ? 'Yours' : `By ${recipe.author || 'somebody'}`);
  const gives =
    shape.gives.length > 0
      ? `${listWords(shape.gives.map(outputKindWords))} out`
      : noOutput(shape.givesInChat.length > 0);
  const takes = shape.takes.map(inputKindWords);
  return takes.length > 0 ? `${withCapital(listWords(takes))} in, ${gives}` : withCapital(gives);
}

const noOutput = (answersInChat: boolean): string => (answersInChat ? 'answers in chat' : 'nothing back');

const SHOWN_AS: Record<InputKind, AttachmentKind> = {
  text: 'text',
  images: 'image',
  audio: 'audio',
  video: 'video',
  documents: 'document',
  json: 'json',
};

/** The kind that marks a recipe: the first it takes that is not plain text; null while that is not known. */
export function recipeKind(recipe: RecipeView): AttachmentKind | null {
  const takes = recipe.shape?.takes ?? [];
  const kind = takes.find((input) => input !== 'text') ?? takes[0];
  return kind === undefined ? null : SHOWN_AS[kind];
}
