/** Volume of all players of this window, until it closes: a change on one recording applies to the next. */
export const sound = $state({ volume: 1, muted: false });
