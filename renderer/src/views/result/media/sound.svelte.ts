/** How loud this window plays: what is set on one recording holds for the next, until the window closes. */
export const sound = $state({ volume: 1, muted: false });
