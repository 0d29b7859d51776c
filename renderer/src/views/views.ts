/** The views that a window never starts with, and the form of a recipe. Their code is loaded after the first view. */
import { LazyView } from '../lib/state/lazy-view.svelte.ts';

export const ACTIVITY = new LazyView(() => import('./activity/Activity.svelte'));
export const BATCH = new LazyView(() => import('./batch/Batch.svelte'));
export const FORM = new LazyView(() => import('./launch/FormArea.svelte'));
export const RESULT = new LazyView(() => import('./result/Result.svelte'));
export const SETTINGS = new LazyView(() => import('./settings/Settings.svelte'));

/** Loads all of them, so that no click waits. */
export function loadViews(): void {
  for (const view of [FORM, ACTIVITY, BATCH, RESULT, SETTINGS]) void view.load();
}
