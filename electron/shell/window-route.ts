import { isDeepStrictEqual } from 'node:util';
import type { Route } from '../contract/views.ts';

/**
 * Which view a window opens with. A wish (a clicked notification, a menu entry) is used once: it is cleared when the page
 * reports that it is there. After that the page's own reports say which view is open, so a window that replaces a closed
 * or crashed one opens where the user was.
 */
export class WindowRoute {
  #wish: Route | null = null;
  #current: Route | null = null;

  /** A view that was asked for; it stays wanted until a page reports it. */
  want(route: Route): void {
    this.#wish = route;
  }

  /** The page reports the view it shows. */
  reached(route: Route): void {
    this.#current = route;
    if (this.#wish !== null && isDeepStrictEqual(this.#wish, route)) this.#wish = null;
  }

  /** The view for a page that loads now; null where nothing was asked for and no page was open yet. */
  forNewPage(): Route | null {
    return this.#wish ?? this.#current;
  }
}
