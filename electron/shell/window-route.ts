import { isDeepStrictEqual } from 'node:util';
import type { Route } from '../contract/views.ts';

/**
 * The route that a window opens with. A wanted route (of a clicked notification, a menu entry) is cleared when the page
 * reports that it shows it. After that the reports of the page count, so that a window that replaces a closed or crashed
 * one opens where the user was.
 */
export class WindowRoute {
  #wanted: Route | null = null;
  #current: Route | null = null;

  /** Sets a route that counts until a page reports it. */
  want(route: Route): void {
    this.#wanted = route;
  }

  /** The page reports the route that it shows. */
  reached(route: Route): void {
    this.#current = route;
    if (isDeepStrictEqual(this.#wanted, route)) this.#wanted = null;
  }

  /** The route for a page that loads now; null when none is wanted and no page was open yet. */
  forNewPage(): Route | null {
    return this.#wanted ?? this.#current;
  }
}
