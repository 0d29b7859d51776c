/** All keys of the window, for App, the shortcut sheet and Settings. */
import type { AboutView } from './contract.ts';

export type Platform = AboutView['platform'];

type ShortcutId =
  | 'launch'
  | 'activity'
  | 'settings'
  | 'add-files'
  | 'undo'
  | 'redo'
  | 'quit'
  | 'sheet'
  | 'back'
  | 'search'
  | 'choose'
  | 'run'
  | 'order'
  | 'paste'
  | 'search-runs'
  | 'open'
  | 'remove'
  | 'favourite'
  | 'again'
  | 'mark'
  | 'large'
  | 'previous'
  | 'next'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit';

export interface Shortcut {
  readonly id: ShortcutId;
  /** The action, as shown on the screen. */
  readonly what: string;
  readonly where: 'Anywhere' | 'In Launch' | 'In Activity' | 'Side by side' | 'In a result';
  /** `Mod` is Command on a Mac and Control elsewhere. The last entry is a key name of the DOM. */
  readonly keys: readonly string[];
  /** Handled by App; the others are handled by their view or the platform. */
  readonly byApp: boolean;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'launch', what: 'Go to Launch', where: 'Anywhere', keys: ['Mod', '1'], byApp: true },
  { id: 'activity', what: 'Go to Activity', where: 'Anywhere', keys: ['Mod', '2'], byApp: true },
  { id: 'settings', what: 'Go to Settings', where: 'Anywhere', keys: ['Mod', ','], byApp: true },
  { id: 'add-files', what: 'Add files', where: 'Anywhere', keys: ['Mod', 'o'], byApp: true },
  { id: 'paste', what: 'Paste files, pictures or text', where: 'Anywhere', keys: ['Mod', 'v'], byApp: false },
  { id: 'undo', what: 'Undo', where: 'Anywhere', keys: ['Mod', 'z'], byApp: true },
  { id: 'redo', what: 'Redo', where: 'Anywhere', keys: ['Mod', 'Shift', 'z'], byApp: true },
  { id: 'quit', what: 'Quit OmniTray', where: 'Anywhere', keys: ['Mod', 'q'], byApp: true },
  { id: 'back', what: 'Close a dialog, or go back', where: 'Anywhere', keys: ['Escape'], byApp: true },
  { id: 'sheet', what: 'Show these shortcuts', where: 'Anywhere', keys: ['?'], byApp: true },
  { id: 'search', what: 'Search recipes', where: 'In Launch', keys: ['/'], byApp: false },
  {
    id: 'choose',
    what: 'Choose the marked recipe, run what was dropped',
    where: 'In Launch',
    keys: ['Enter'],
    byApp: false,
  },
  { id: 'run', what: 'Run', where: 'In Launch', keys: ['Mod', 'Enter'], byApp: false },
  { id: 'order', what: 'Move a thing, on its handle', where: 'In Launch', keys: ['ArrowUp'], byApp: false },
  { id: 'search-runs', what: 'Search runs', where: 'In Activity', keys: ['/'], byApp: false },
  { id: 'open', what: 'Open the run', where: 'In Activity', keys: ['Enter'], byApp: false },
  { id: 'again', what: 'Run it again', where: 'In Activity', keys: ['r'], byApp: false },
  { id: 'favourite', what: 'Mark it as a favourite', where: 'In Activity', keys: ['s'], byApp: false },
  { id: 'remove', what: 'Remove it', where: 'In Activity', keys: ['Delete'], byApp: false },
  { id: 'mark', what: 'Mark the run as a favourite', where: 'Side by side', keys: ['f'], byApp: false },
  { id: 'large', what: 'Show its picture large', where: 'Side by side', keys: ['Space'], byApp: false },
  { id: 'previous', what: 'Previous run of a drop', where: 'In a result', keys: ['Alt', 'ArrowLeft'], byApp: false },
  { id: 'next', what: 'Next run of a drop', where: 'In a result', keys: ['Alt', 'ArrowRight'], byApp: false },
  { id: 'zoom-in', what: 'Enlarge a picture', where: 'In a result', keys: ['+'], byApp: false },
  { id: 'zoom-out', what: 'Make it smaller', where: 'In a result', keys: ['-'], byApp: false },
  { id: 'fit', what: 'Fit it into the window', where: 'In a result', keys: ['0'], byApp: false },
];

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The shortcut of App for a key press, if any. */
export function pressedShortcut(press: Press, platform: Platform): Shortcut | undefined {
  const [mod, other] = platform === 'mac' ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  // AltGr arrives as Control and Alt, and types letters.
  if (other || press.altKey) return undefined;
  return SHORTCUTS.find(({ keys, byApp }) => byApp && keys.includes('Mod') === mod && hasKey(keys, press));
}

/** Caps Lock changes the case of letters, so Shift is checked for them. Other keys include Shift in their name: `?`. */
function hasKey(keys: readonly string[], { key, shiftKey }: Press): boolean {
  const wanted = keys.at(-1) ?? '';
  const isLetter = /^[a-z]$/.test(wanted);
  return isLetter ? key.toLowerCase() === wanted && keys.includes('Shift') === shiftKey : key === wanted;
}

const MAC: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Command: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
};
const ELSEWHERE: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Control: 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** Keys in the platform's notation: `⌘1`, `Ctrl+1`. */
export function keyWords(keys: readonly string[], platform: Platform): string {
  const signs = platform === 'mac' ? MAC : { ...ELSEWHERE, Super: platform === 'windows' ? 'Win' : 'Super' };
  return keys
    .map((key) => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(platform === 'mac' ? '' : '+');
}

const NAMED: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};
const OWN_NAME = /^(?:F\d{1,2}|Home|End|PageUp|PageDown|Insert)$/;

/** The pressed keys as a global accelerator (contract/accelerator.ts); null if they cannot be one. */
export function acceleratorOf(press: Press, platform: Platform): string | null {
  const key = keyOf(press);
  const modifiers = [
    ...(press.ctrlKey ? ['Control'] : []),
    ...(press.metaKey ? [platform === 'mac' ? 'Command' : 'Super'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey ? ['Shift'] : []),
  ];
  return key === null || modifiers.every((modifier) => modifier === 'Shift') ? null : [...modifiers, key].join('+');
}

/** Alt and Shift can change the letter of a key; its `code` is then used instead. */
function keyOf({ key, code }: Press): string | null {
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  if (OWN_NAME.test(key)) return key;
  return NAMED[key] ?? /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? null;
}
