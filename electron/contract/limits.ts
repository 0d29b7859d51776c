/** The largest file and the largest body the server takes, in bytes (wire 4, 5): exactly this is fine. */
export const MAX_BYTES = 33_554_432;
