/** Describes the inputs and outputs of a recipe. */
import { listWords } from '../formats.ts';
import { someWords } from './kinds.ts';
import { type Placeable, placeOf } from '../kinds.ts';
import type { AttachmentKind, InputKind, OutputKind, RecipeShape, RecipeWarning } from '../views.ts';

const INPUTS: Record<InputKind, string> = {
  text: 'text',
  images: 'images',
  audio: 'audio',
  video: 'video',
  documents: 'documents',
  json: 'data',
};

const OUTPUTS: Record<OutputKind, string> = {
  text: 'text',
  images: 'images',
  audio: 'audio',
  documents: 'documents',
  videos: 'video',
  files: 'files',
  objects: 'data',
};

const FILES: Readonly<Partial<Record<AttachmentKind, InputKind>>> = {
  image: 'images',
  audio: 'audio',
  video: 'video',
  document: 'documents',
  json: 'json',
};

/** What a recipe takes by its chat and in the files of its form, each once: `images`, `documents`. */
export function filesInWords({ takes, formTakes }: Pick<RecipeShape, 'takes' | 'formTakes'>): readonly string[] {
  const inForm = formTakes.flatMap((kind) => FILES[kind] ?? []);
  const isAny = inForm.length === Object.keys(FILES).length;
  return isAny
    ? [...takes.filter((kind) => kind === 'text'), 'files']
    : [...new Set([...takes, ...inForm])].map((kind) => INPUTS[kind]);
}

/** An input kind as one word for the middle of a sentence. */
export const inputKindWords = (kind: InputKind): string => INPUTS[kind];

/** An output kind as one word for the middle of a sentence. */
export const outputKindWords = (kind: OutputKind): string => OUTPUTS[kind];

/** `Takes images. Gives back images.` */
export function takesWords(shape: RecipeShape): string {
  const kinds = [...(shape.hasForm ? ['a form'] : []), ...shape.takes.map(inputKindWords)];
  const takes = kinds.length > 0 ? `Takes ${listWords(kinds)}.` : 'Takes no input.';
  if (shape.gives.length > 0) return `${takes} Gives back ${listWords(shape.gives.map(outputKindWords))}.`;
  if (shape.givesInChat.length === 0)
    return shape.warnings.includes('file-output') ? `${takes} Gives back a file.` : `${takes} Gives nothing back.`;
  return `${takes} Answers in chat with ${listWords(shape.givesInChat.map(outputKindWords))}.`;
}

const WARNINGS: Record<RecipeWarning, string> = {
  'no-output': 'Gives nothing back that OmniTray can fetch.',
  'output-off': 'Its output block is switched off.',
  'chat-only': 'Answers in chat only. OmniTray brings the answer back.',
  'file-output': 'Stores a file in Omnitool. OmniTray brings it back where it can tell which one it is.',
  'several-outputs': 'Has several output blocks. Only what the last one gives comes back.',
  'unknown-blocks': 'Has blocks that OmniTray does not know, so what it takes and gives may be more than is said here.',
};

/** A warning about a recipe, as a sentence. */
export const recipeWarningWords = (warning: RecipeWarning): string => WARNINGS[warning];

/** What runs when a recipe with a text of its own is given none. */
export const ownTextWords = (text: string): string => `Left empty, the recipe's own text runs: ${text}`;

/** Warnings that repeat the sentence of `takesWords`. */
const SAID: ReadonlySet<RecipeWarning> = new Set(['no-output', 'chat-only']);

/** Inputs, outputs and warnings of a recipe, without repetitions. */
export const shapeWords = (shape: RecipeShape): string =>
  [
    takesWords(shape),
    ...shape.warnings.filter((warning) => !SAID.has(warning)).map((warning) => recipeWarningWords(warning)),
  ].join(' ');

/**
 * Which of these attachments the recipe would ignore: `Takes images; a document would be ignored.` null if it takes all
 * of them, or if its shape is unknown.
 */
export function ignoredWords(shape: RecipeShape | null, things: readonly Placeable[]): string | null {
  if (shape === null) return null;
  const ignored = things.filter((thing) => placeOf(thing, shape.takes) === null);
  if (ignored.length === 0) return null;
  const counts = new Map<AttachmentKind, number>();
  for (const { kind } of ignored) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const takes = shape.takes.length > 0 ? listWords(shape.takes.map(inputKindWords)) : 'no input';
  return `Takes ${takes}; ${listWords([...counts].map(([kind, count]) => someWords(kind, count)))} would be ignored.`;
}
