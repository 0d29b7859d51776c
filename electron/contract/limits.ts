/** The largest file and the largest body the server takes, in bytes (wire 4, 5): exactly this is fine. */
export const MAX_BYTES = 33_554_432;
/** Levels of nesting in a value that is sent or kept. V8 writes JSON recursively and fails at some 5,000. */
export const MAX_DATA_DEPTH = 1_000;
