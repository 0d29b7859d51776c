/** The largest file and the largest body the server takes, in bytes (wire 4, 5): exactly this is fine. */
export const MAX_BYTES = 33_554_432;
/** Points of a picture that a page draws without being asked to: 200 MB once it is drawn. */
export const LARGEST_PICTURE = 50_000_000;
/** Levels of nesting in a value that is sent or kept. V8 writes JSON recursively and fails at some 5,000. */
export const MAX_DATA_DEPTH = 1_000;

/**
 * How much one call of a window may carry. Each has words of its own (limit-words.ts): it is met by people, not only by a
 * page that went wrong. Characters of texts, entries of lists.
 */
export const LIMITS = {
  address: 2_048,
  /** No real token comes near this; the server refuses headers of 20 KB (wire 1). */
  token: 16_384,
  'server-name': 200,
  /** A message, data written by hand, a dropped text. Longer ones go as a file. */
  text: 5_000_000,
  texts: 100,
  paths: 5_000,
  /** As long as Windows has them. */
  path: 32_767,
  /** Files that are on no disk, which travel with their bytes. */
  unsaved: 100,
  'file-name': 1_024,
  /** Bytes of a file that travels with the call. */
  'file-bytes': MAX_BYTES,
  runs: 10_000,
  /** Files of one result; no more are kept of one (omnitool/schemas.ts). */
  files: 25_000,
  query: 400,
  /** Characters of a rule that names files (save-rule.ts). */
  rule: 120,
  'parallel-runs': 16,
  days: 36_500,
} as const;

export type LimitName = keyof typeof LIMITS;

export const isLimitName = (name: string | null): name is LimitName => name !== null && Object.hasOwn(LIMITS, name);
/** Chat messages that are kept of one run, and bytes of all of them together. */
export const MOST_CHAT_MESSAGES = 2_000;
export const MOST_CHAT_BYTES = 32 * 1_048_576;
