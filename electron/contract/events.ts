/** What the main process tells every window, unasked. Declared once; both ends are typed from here. */
import type { ConnectionView, DraftView, Place, RecipesView, RunId, RunView, SettingsView } from './views.ts';

export interface Events {
  'connection:changed': ConnectionView;
  'recipes:changed': RecipesView;
  'draft:changed': DraftView;
  'run:changed': RunView;
  'run:removed': { readonly runId: RunId };
  'settings:changed': SettingsView;
  /** Go there: the tray, a notification or a second start asked for it. */
  go: Place;
}

export type EventName = keyof Events;
