import type { AttachmentKind, InputKind, OutputKind, RecipeView, RecipeWarning } from '../contract.ts';
import { filesInWords, inputKindWords, listWords, outputKindWords, withCapital } from '../contract.ts';

/** Describes a recipe in a row: `Images in, text out`. Its description is shown until its shape is known. */
export function recipeLine(recipe: RecipeView): string {
  const { shape } = recipe;
  if (shape === null) return recipe.description || authorLine(recipe);
  const takes = shape.takes.map(inputKindWords);
  const gives = givesLine(shape.gives, shape.givesInChat);
  const inputs = shape.hasForm ? ['form', ...takes] : takes;
  return inputs.length > 0 ? `${withCapital(listWords(inputs))} in, ${gives}` : withCapital(gives);
}

function authorLine({ mine, author }: RecipeView): string {
  if (mine) return 'Yours';
  return author === '' ? 'No description' : `By ${author}`;
}

/** Why a recipe does not take the attachments: `Takes audio`. */
export function onlyTakesWords({ shape }: RecipeView): string {
  const kinds = shape === null ? [] : filesInWords(shape);
  if (kinds.length > 0) return `Takes ${listWords(kinds)}`;
  return shape?.hasForm === true ? 'Its form takes no files' : 'Takes no input';
}

function givesLine(gives: readonly OutputKind[], inChat: readonly OutputKind[]): string {
  if (gives.length > 0) return `${listWords(gives.map(outputKindWords))} out`;
  return inChat.length > 0 ? 'answers in chat' : 'nothing back';
}

const SHOWN_AS: Record<InputKind, AttachmentKind> = {
  text: 'text',
  images: 'image',
  audio: 'audio',
  video: 'video',
  documents: 'document',
  json: 'json',
};

/** The kind for a recipe's icon: its first input that is not plain text; null if its shape is unknown. */
export function recipeKind(recipe: RecipeView): AttachmentKind | null {
  const takes = recipe.shape?.takes ?? [];
  const kind = takes.find((input) => input !== 'text') ?? takes[0];
  return kind === undefined ? null : SHOWN_AS[kind];
}

const GIVEN_AS: Record<OutputKind, AttachmentKind> = {
  text: 'text',
  images: 'image',
  audio: 'audio',
  documents: 'document',
  videos: 'video',
  files: 'document',
  objects: 'json',
};

/** Icons for the outputs: at most two kinds, without repetitions; one for a chat answer. */
export function outputMarks(recipe: RecipeView): readonly (AttachmentKind | 'chat')[] {
  const { gives = [], givesInChat = [] } = recipe.shape ?? {};
  if (gives.length === 0) return givesInChat.length > 0 ? ['chat'] : [];
  return [...new Set(gives.map((kind) => GIVEN_AS[kind]))].slice(0, 2);
}

/** The row already shows these warnings; all others get a mark. */
const HARMLESS: readonly RecipeWarning[] = ['chat-only', 'file-output'];

/** Whether the recipe has a warning that the user should read first. */
export const needsCare = (recipe: RecipeView): boolean =>
  recipe.shape?.warnings.some((warning) => !HARMLESS.includes(warning)) ?? false;
