/** The views that no window begins with: their code is fetched once the first one stands. */
import { LazyView } from '../lib/state/lazy-view.svelte.ts';

export const ACTIVITY = new LazyView(() => import('./activity/Activity.svelte'));
export const RESULT = new LazyView(() => import('./result/Result.svelte'));
export const SETTINGS = new LazyView(() => import('./settings/Settings.svelte'));

/** Fetches all of them, so that no click has to wait. */
export function loadViews(): void {
  for (const view of [ACTIVITY, RESULT, SETTINGS]) void view.load();
}
