import type { Attachment } from 'svelte/attachments';
import type { Route } from '../contract.ts';

/** Which view the window shows, and how far each was scrolled. */
export class Navigation {
  current = $state.raw<Route>({ view: 'launch' });
  /** The Connect view is asked for a new token of the same server, not for another server. */
  readonly renewing = $derived(this.current.view === 'connect' && this.current.renew === true);
  /** No state: what scrolls is not to be drawn anew for it. */
  readonly #scrolled: Record<string, number> = {};

  go(route: Route): void {
    this.current = route;
  }

  goToRenewToken(): void {
    this.go({ view: 'connect', renew: true });
  }

  /**
   * For what scrolls: begins where it was when it was last on the screen under this name. What it shows may come late:
   * it is put there as soon as there is enough of it, unless the user has scrolled by then.
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
