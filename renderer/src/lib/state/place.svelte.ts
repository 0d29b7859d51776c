import type { Place } from '../contract.ts';

/** Which view the window shows. */
export class PlaceState {
  current = $state.raw<Place>({ view: 'launch' });
  /** The Connect view is asked for a new token of the same server, not for another server. */
  renewing = $state(false);

  go(place: Place): void {
    this.current = place;
    this.renewing = false;
  }

  goToRenewToken(): void {
    this.current = { view: 'connect' };
    this.renewing = true;
  }
}
