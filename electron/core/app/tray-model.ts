import {
  type ConnectionView,
  isEnded,
  type PresetId,
  type PresetView,
  type Route,
  type RunView,
} from '../../contract/views.ts';
import { connectionWords } from '../../contract/text/connection.ts';
import { middleTruncate } from '../../contract/formats.ts';
import { runStateWords } from '../../contract/text/runs.ts';

/** What a menu entry does when it is chosen. `show` shows the window where it was; `use-preset` fills in the launcher. */
export type MenuAction =
  | { readonly do: 'navigate'; readonly route: Route }
  | { readonly do: 'use-preset'; readonly presetId: PresetId }
  | { readonly do: 'show' | 'add-files' | 'quit' };

/** A line of the tray menu. */
export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'item'; readonly label: string; readonly action: MenuAction }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly MenuEntry[] };

/** A preset with the name of its recipe. */
export interface NamedPreset extends PresetView {
  readonly recipeName: string;
}

/** The tray as plain data; shell/tray.ts turns it into Electron objects. */
export interface TrayModel {
  readonly icon: 'idle' | 'busy' | 'attention';
  readonly tooltip: string;
  readonly menu: readonly MenuEntry[];
}

const MOST_LIVE = 5;
const MOST_RECENT = 5;
const MOST_PRESETS = 8;
const LONGEST_NAME = 40;

/** Whether a run or the connection needs the user. */
const needsUser = (connection: ConnectionView, live: readonly RunView[]): boolean =>
  ['expired', 'refused', 'locked'].includes(connection.status) || live.some((run) => run.state === 'unconfirmed');

/** `runs` newest first. Everything must be reachable from this menu: on Linux a click on the icon may do nothing (platform T3). */
export function trayModel(
  connection: ConnectionView,
  runs: readonly RunView[],
  presets: readonly NamedPreset[],
): TrayModel {
  const live = runs.filter((run) => !isEnded(run));
  const recent = runs.filter(isEnded).slice(0, MOST_RECENT);
  const status = statusLine(connection, live.length);
  return {
    icon: needsUser(connection, live) ? 'attention' : live.length > 0 ? 'busy' : 'idle',
    tooltip: `OmniTray: ${status}`,
    menu: [
      { kind: 'label', label: status },
      { kind: 'separator' },
      connection.profile === null
        ? { kind: 'item', label: 'Connect…', action: { do: 'navigate', route: { view: 'connect' } } }
        : { kind: 'item', label: 'Open OmniTray', action: { do: 'show' } },
      ...(connection.profile === null
        ? []
        : [{ kind: 'item', label: 'Add files…', action: { do: 'add-files' } } satisfies MenuEntry]),
      ...presetMenu(presets),
      ...section('Running', live.slice(0, MOST_LIVE)),
      ...section('Recent', recent),
      { kind: 'separator' },
      { kind: 'item', label: 'Activity', action: { do: 'navigate', route: { view: 'activity' } } },
      { kind: 'item', label: 'Settings', action: { do: 'navigate', route: { view: 'settings' } } },
      { kind: 'item', label: 'Quit OmniTray', action: { do: 'quit' } },
    ],
  };
}

function statusLine(connection: ConnectionView, live: number): string {
  const words = connectionWords(connection);
  if (live === 0) return words;
  return `${words}, ${live} ${live === 1 ? 'run' : 'runs'} in progress`;
}

function section(title: string, runs: readonly RunView[]): readonly MenuEntry[] {
  if (runs.length === 0) return [];
  return [{ kind: 'separator' }, { kind: 'label', label: title }, ...runs.map(runEntry)];
}

/** The presets that were last used, by name. */
function presetMenu(presets: readonly NamedPreset[]): readonly MenuEntry[] {
  const latest = presets.toSorted((one, other) => other.usedAt - one.usedAt).slice(0, MOST_PRESETS);
  if (latest.length === 0) return [];
  const items = presets
    .filter((preset) => latest.includes(preset))
    .map(({ id, name, recipeName }): MenuEntry => ({
      kind: 'item',
      label: `${middleTruncate(name, LONGEST_NAME)} (${middleTruncate(recipeName, LONGEST_NAME)})`,
      action: { do: 'use-preset', presetId: id },
    }));
  return [{ kind: 'submenu', label: 'Presets', items }];
}

function runEntry(run: RunView): MenuEntry {
  const state = runStateWords(run.state, run.reason, run.reasonDetail).label;
  const label = `${middleTruncate(run.recipeName, LONGEST_NAME)}: ${state.toLowerCase()}`;
  const route: Route = isEnded(run) ? { view: 'result', runId: run.id } : { view: 'activity' };
  return { kind: 'item', label, action: { do: 'navigate', route } };
}
