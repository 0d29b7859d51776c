/** The events that the main process sends to the window, with their payloads. */
import type {
  AttentionView,
  BatchSavingView,
  ConnectionView,
  DraftView,
  ExternalJobView,
  PresetView,
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
  /** Some recipes of the list changed: their shape, or the user's mark. */
  'recipes:updated': readonly RecipeView[];
  /** All presets of the server, by name. */
  'presets:changed': readonly PresetView[];
  'draft:changed': DraftView;
  'run:changed': RunView;
  'runs:attention': AttentionView;
  'run:removed': { readonly runId: RunId };
  /** How far the export of a batch is. */
  'batch:saving': BatchSavingView;
  /** The whole list, because there are few. */
  'external-jobs:changed': readonly ExternalJobView[];
  'settings:changed': SettingsView;
  /** Another record could not be read. */
  'unreadable:changed': UnreadableView;
  /** All failures of this start that the user has not read. */
  'start:failures': readonly StartFailureView[];
  /** Show this route: the tray, a notification or a second start asked for it. */
  navigate: Route;
}

export type EventName = keyof Events;
