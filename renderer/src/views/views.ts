/** The views that no window begins with: their code is fetched once the first one stands. */
import { Later } from '../lib/state/lazy-view.svelte.ts';

export const ACTIVITY = new Later(() => import('./activity/Activity.svelte'));
export const RESULT = new Later(() => import('./result/Result.svelte'));
export const SETTINGS = new Later(() => import('./settings/Settings.svelte'));

/** Fetches all of them, so that no click has to wait. */
export function loadViews(): void {
  for (const view of [ACTIVITY, RESULT, SETTINGS]) void view.load();
}
