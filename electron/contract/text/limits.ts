/** Texts for a limit that was exceeded: its number and an alternative. */
import { type LimitName, LIMITS } from '../limits.ts';

type Words = readonly [title: string, next: string];

const many = (name: LimitName): string => LIMITS[name].toLocaleString('en');

const WORDS: Readonly<Record<LimitName, Words>> = {
  address: [`An address has at most ${many('address')} characters.`, 'Copy only the address of the server.'],
  token: [
    `No token is longer than ${many('token')} characters.`,
    'Copy only what begins with eyJ, and paste it again.',
  ],
  'server-name': [`A name has at most ${many('server-name')} characters.`, 'Choose a shorter one.'],
  text: [`A text has at most ${many('text')} characters here.`, 'Save it as a text file and add that.'],
  texts: [`At most ${many('texts')} texts or links go at once.`, 'Add them in parts, or as one text file.'],
  paths: [
    `More than ${many('paths')} files cannot be run by dropping them on a recipe.`,
    'Drop them beside the recipes, or drop the folder they are in.',
  ],
  path: [`A path has at most ${many('path')} characters.`, 'Move the file to a folder nearer the top.'],
  unsaved: [
    `More than ${many('unsaved')} pictures from a page cannot be run by dropping them on a recipe.`,
    'Save them in a folder and drop that.',
  ],
  'preset-name': [`The name of a preset has at most ${many('preset-name')} characters.`, 'Choose a shorter one.'],
  presets: [`A recipe has at most ${many('presets')} presets.`, 'Remove one that you no longer use, then save.'],
  'file-name': [`A file name has at most ${many('file-name')} characters.`, 'Save the file under a shorter name.'],
  'file-bytes': ['The file is larger than 32 MB, the most the server takes.', 'Make it smaller, then add it again.'],
  runs: [`At most ${many('runs')} runs go at once.`, 'Do it in parts. Settings, Storage removes old runs.'],
  files: [`At most ${many('files')} files go at once.`, 'Save all of them to a folder and add that.'],
  query: [`A search has at most ${many('query')} characters.`, 'A few words of it find the run as well.'],
  rule: [`A rule has at most ${many('rule')} characters.`, 'Shorten the rule, then save.'],
  cell: [`A cell has at most ${many('cell')} characters here.`, 'Change it in the program that wrote the table.'],
  'parallel-runs': [`At most ${many('parallel-runs')} runs go at the same time.`, 'Choose a smaller number.'],
  days: [`At most ${many('days')} days.`, 'To keep results for good, switch the limit off.'],
};

/** The text for the limit that was exceeded. */
export const limitWords = (name: LimitName): Words => WORDS[name];
