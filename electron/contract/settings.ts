/**
 * The settings that a user sees. From this one table follow the fields of the settings file, its parser, the schema of
 * `settings:change`, the view of the page and the defaults of both. To add a setting, add a line here and its control.
 * The page imports this file, so it holds no zod: settings-schema.ts turns the entries into schemas.
 */
import type { LimitName } from './limits.ts';

/** A setting: its default, and which values it takes. */
export type Setting<Value = unknown> = { readonly usual: Value } & (
  | { readonly kind: 'flag' }
  | { readonly kind: 'one of'; readonly values: readonly (string | number)[] }
  /** `limit`: the largest value, and the text for a larger one (limits.ts). */
  | { readonly kind: 'whole'; readonly min: number; readonly limit?: LimitName; readonly mayBeNull: boolean }
  | { readonly kind: 'keys' }
);

interface Range {
  readonly min: number;
  readonly limit?: LimitName;
}

const flag = (usual: boolean): Setting<boolean> => ({ kind: 'flag', usual });
const oneOf = <const Value extends string | number>(
  values: readonly Value[],
  usual: NoInfer<Value>,
): Setting<Value> => ({
  kind: 'one of',
  values,
  usual,
});
const whole = (range: Range, usual: number): Setting<number> => ({ kind: 'whole', ...range, mayBeNull: false, usual });
const wholeOrNull = (range: Range, usual: number | null): Setting<number | null> => ({
  kind: 'whole',
  ...range,
  mayBeNull: true,
  usual,
});

const MEBIBYTE = 1_048_576;

/** All settings that a user sees. */
export const USER_SETTINGS = {
  theme: oneOf(['system', 'light', 'dark'], 'system'),
  notifyWhen: oneOf(['always', 'unfocused', 'never'], 'always'),
  /** Also notifies of jobs that another client started. */
  notifyElsewhere: flag(false),
  /** Notifications name files and results; otherwise only the recipe. */
  notifyDetails: flag(true),
  /** The size of everything in the window, in percent. */
  textSize: oneOf([100, 115, 130], 100),
  /** `reduced`: no animations, whatever the system says. */
  motion: oneOf(['system', 'reduced'], 'system'),
  /** Keys that show the window from anywhere, as Electron names them (`Control+Alt+O`); null: none. */
  shortcut: { kind: 'keys', usual: null } as Setting<string | null>,
  /** Whether closing the window keeps the program running or ends it. */
  whenClosed: oneOf(['background', 'quit'], 'background'),
  /** Whether the first steps were completed or dismissed. */
  guideDone: flag(false),
  /** Holds the queue: nothing is sent. */
  paused: flag(false),
  /** Stores a copy of every input, so that a run can be repeated after its files changed. */
  keepInputs: flag(false),
  /** Links an unconfirmed run to the only job that can be its own, without asking. */
  adoptAlone: flag(false),
  /** Holds a started run for a few seconds, in which it can be undone. */
  undoStart: flag(false),
  /** How many runs are in progress at a time. The server stalls on several large images (wire 4). */
  parallelRuns: whole({ min: 1, limit: 'parallel-runs' }, 3),
  /** Days after which results are removed; null: never. */
  keepDays: wholeOrNull({ min: 1, limit: 'days' }, null),
  /** Bytes above which the oldest results are removed; null: no limit. */
  keepBytes: wholeOrNull({ min: MEBIBYTE }, null),
  /** A larger file of a result is fetched only on request. Bytes; null: no limit. */
  largestFileBytes: wholeOrNull({ min: MEBIBYTE }, 2_048 * MEBIBYTE),
  /** Bytes of the disk that stay free when files of results are fetched. */
  reserveBytes: whole({ min: 0 }, 500 * MEBIBYTE),
};

/** The settings as the window and the terminal show them. */
export type SettingsView = {
  readonly [Name in keyof typeof USER_SETTINGS]: (typeof USER_SETTINGS)[Name]['usual'];
};

/** The defaults of all settings that a user sees. */
export const USER_DEFAULTS = Object.fromEntries(
  Object.entries(USER_SETTINGS).map(([name, { usual }]) => [name, usual]),
) as SettingsView;
