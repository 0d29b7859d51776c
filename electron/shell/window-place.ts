import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../contract/views.ts';

/**
 * Which view a window opens with. A wish (a clicked notification, a menu entry) is used once: it is cleared when the page
 * reports that it is there. After that the page's own reports say which view is open, so a window that replaces a closed
 * or crashed one opens where the user was.
 */
export class WindowPlace {
  #wish: Place | null = null;
  #current: Place | null = null;

  /** A view that was asked for; it stays wanted until a page reports it. */
  want(place: Place): void {
    this.#wish = place;
  }

  /** The page reports the view it shows. */
  reached(place: Place): void {
    this.#current = place;
    if (this.#wish !== null && isDeepStrictEqual(this.#wish, place)) this.#wish = null;
  }

  /** The view for a page that loads now; null where nothing was asked for and no page was open yet. */
  forNewPage(): Place | null {
    return this.#wish ?? this.#current;
  }
}
