import type { Attachment } from 'svelte/attachments';
import type { BatchId, Route, RunId } from '../contract.ts';

/** The current route, and the scroll position of each view. */
export class Navigation {
  current = $state.raw<Route>({ view: 'launch' });
  /** Whether the Connect view asks for a new token of the same server, not for another server. */
  readonly renewing = $derived(this.current.view === 'connect' && this.current.renew === true);
  /** Not reactive: a scroll must not redraw anything. */
  readonly #scrolled: Record<string, number> = {};

  /** The batch from which results are looked at; null when they were opened elsewhere. */
  batchBehind = $state<BatchId | null>(null);
  /** The run whose result was looked at last. */
  lastRun: RunId | null = null;
  /** How a batch is shown, until the window closes. */
  batchLook = $state<'list' | 'grid' | 'table'>('grid');

  go(route: Route): void {
    if (this.current.view === 'result') this.lastRun = this.current.runId;
    if (this.current.view === 'batch') this.batchBehind = this.current.batchId;
    if (route.view !== 'result') this.batchBehind = null;
    this.current = route;
  }

  /** From a result to the batch or the list from which it was opened; from a batch to the list. */
  back(): void {
    this.go(this.batchBehind === null ? { view: 'activity' } : { view: 'batch', batchId: this.batchBehind });
  }

  goToRenewToken(): void {
    this.go({ view: 'connect', renew: true });
  }

  /**
   * Restores the scroll position that an element of this name had when it was last shown. If its content loads late, the
   * position is restored as soon as the content is high enough, unless the user scrolls first.
   */
  keepScroll(name: string): Attachment<HTMLElement> {
    return (element) => {
      const wanted = this.#scrolled[name] ?? 0;
      const restore = (): void => {
        if (element.scrollTop < wanted) element.scrollTop = wanted;
        if (element.scrollTop >= wanted) waiting.disconnect();
      };
      const waiting = new ResizeObserver(restore);
      const giveUp = (): void => waiting.disconnect();
      const remember = (): void => {
        this.#scrolled[name] = element.scrollTop;
      };
      if (wanted > 0) {
        for (const child of element.children) waiting.observe(child);
        restore();
      }
      element.addEventListener('scroll', remember, { passive: true });
      element.addEventListener('wheel', giveUp, { passive: true });
      element.addEventListener('keydown', giveUp);
      return () => {
        waiting.disconnect();
        element.removeEventListener('scroll', remember);
        element.removeEventListener('wheel', giveUp);
        element.removeEventListener('keydown', giveUp);
      };
    };
  }
}
