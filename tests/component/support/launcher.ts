import { page } from 'vitest/browser';
import type { DraftView } from '../../../electron/contract/views.ts';
import { openApp } from './open.ts';
import { aRecipe } from './samples.ts';

/** The recipes of a launcher test, by what they take. */
export const recipes = {
  status: 'ready',
  recipes: [
    aRecipe(),
    aRecipe({
      id: 'sum',
      name: 'Summarise',
      shape: { takes: ['documents'], gives: ['text'], givesInChat: [], hasForm: false, formTakes: [], warnings: [] },
    }),
    aRecipe({
      id: 'chat',
      name: 'Caption',
      shape: {
        takes: ['images'],
        gives: [],
        givesInChat: ['text'],
        hasForm: false,
        formTakes: [],
        warnings: ['chat-only'],
      },
    }),
  ],
  listedAt: Date.now(),
  problem: null,
  lastUsedFor: {},
} as const;

export const EMPTY_DRAFT: DraftView = {
  attachments: [],
  recipeId: null,
  message: '',
  data: '',
  values: {},
  presetId: null,
  mode: 'together',
  table: null,
  undoable: null,
  redoable: null,
};

/** Opens the app on Launch with this draft. */
export const open = (draft: Partial<DraftView> = {}) => openApp({ recipes, draft: { ...EMPTY_DRAFT, ...draft } });

/** The Run button. */
export const run = () => page.getByRole('button', { name: 'Run', exact: true });

/** What a drag carries: files, and texts by their type. */
export function dragged(files: readonly File[], data: Readonly<Record<string, string>> = {}): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  for (const [type, text] of Object.entries(data)) transfer.setData(type, text);
  return transfer;
}

/** Sends a drag event; true where nothing prevented its default. */
export const fire = (target: Element, type: string, dataTransfer: DataTransfer): boolean =>
  target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));

function letGo(transfer: DataTransfer): void {
  fire(document.body, 'dragenter', transfer);
  fire(document.body, 'drop', transfer);
}

/** Drops files, and a text beside them, on the window. */
export const drop = (files: readonly File[], text = ''): void =>
  letGo(dragged(files, text === '' ? {} : { 'text/plain': text }));
/** Drops texts by their type on the window. */
export const dropData = (data: Readonly<Record<string, string>>): void => letGo(dragged([], data));
