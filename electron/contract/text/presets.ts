import { middleTruncate } from '../formats.ts';

/** Texts around presets. */
export const PRESET_WORDS = {
  group: 'Values of the form',
  defaults: 'Defaults',
  lastUsed: 'Last used',
  wasLastUsed: 'The form is filled in as it last ran.',
  save: 'Save as preset',
  saveTitle: 'Save these values as a preset',
  saveText: 'It shows under its recipe, in the tray and in the terminal. Files are not part of it.',
  renameTitle: 'Rename the preset',
  name: 'Name',
  saveNow: 'Save',
  replaceNow: 'Replace',
  rename: 'Rename',
  remove: 'Remove',
  cancel: 'Cancel',
  undo: 'Undo',
  taken: 'A preset has this name. Its values will be replaced.',
  takenByOther: 'Another preset has this name.',
  nameMissing: 'Write a name.',
  /** After the name of values that were changed since. */
  changed: ', changed',
  more: 'More presets',
  dropToRun: 'Drop to run with these values',
} as const;

/** What happened to a preset. */
export const presetWords = (name: string, what: 'saved' | 'replaced' | 'removed'): string =>
  ({
    saved: `${shown(name)} was saved`,
    replaced: `${shown(name)} has the new values`,
    removed: `${shown(name)} was removed`,
  })[what];

const shown = (name: string): string => middleTruncate(name, 40);

/** Read after the name of a preset in a list. */
export const presetOfWords = (recipe: string): string => `, preset of ${recipe},`;

export const saveChangesWords = (name: string): string => `Save changes to ${middleTruncate(name, 24)}`;

export const morePresetWords = (name: string): string => `More for ${shown(name)}`;

/** How many choices do not fit. */
export const hiddenPresetsWords = (count: number): string => `${count} more`;
