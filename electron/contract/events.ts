/** What the main process tells every window, unasked. Declared once; both ends are typed from here. */
import type {
  AttentionView,
  ConnectionView,
  DraftView,
  ExternalJobView,
  Route,
  RecipesView,
  RecipeView,
  RunId,
  RunView,
  SettingsView,
  UnreadableView,
  StartFailureView,
} from './views.ts';

export interface Events {
  'connection:changed': ConnectionView;
  'recipes:changed': RecipesView;
  /** Some recipes of the list changed: what they take and give, a mark of the user's. */
  'recipes:updated': readonly RecipeView[];
  'draft:changed': DraftView;
  'run:changed': RunView;
  /** The number of runs that want attention has changed. */
  'runs:attention': AttentionView;
  'run:removed': { readonly runId: RunId };
  /** All of them, each time: there are few. */
  'external-jobs:changed': readonly ExternalJobView[];
  'settings:changed': SettingsView;
  /** A record could not be read; counted anew. */
  'unreadable:changed': UnreadableView;
  /** All that failed of this start and was not read yet, each time. */
  'start:failures': readonly StartFailureView[];
  /** Show this route: the tray, a notification or a second start asked for it. */
  navigate: Route;
}

export type EventName = keyof Events;
