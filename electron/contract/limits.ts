/** The largest file and the largest body that the server accepts, in bytes, inclusive (wire 4, 5). */
export const MAX_BYTES = 33_554_432;
/** The largest picture, in pixels, that the page draws without a request of the user: 200 MB of memory. */
export const LARGEST_PICTURE = 50_000_000;
/** The deepest nesting of a value that is sent or stored. V8 writes JSON recursively and fails at about 5,000. */
export const MAX_DATA_DEPTH = 1_000;

/**
 * How much one call may carry: characters of texts, entries of lists. Users can exceed them, so each has a text
 * (contract/text/limits.ts).
 */
export const LIMITS = {
  address: 2_048,
  /** Real tokens are much shorter; the server refuses headers of 20 KB (wire 1). */
  token: 16_384,
  'server-name': 200,
  /** A message, hand-written data, a dropped text. A longer text is sent as a file. */
  text: 5_000_000,
  texts: 100,
  paths: 5_000,
  /** The longest path of Windows. */
  path: 32_767,
  /** Files that are not on a disk, and so are passed as bytes. */
  unsaved: 100,
  'preset-name': 80,
  /** Presets of one recipe. */
  presets: 100,
  'file-name': 1_024,
  /** Bytes of such a file. */
  'file-bytes': MAX_BYTES,
  runs: 10_000,
  /** Files of one result; more are not stored (omnitool/schemas.ts). */
  files: 25_000,
  query: 400,
  /** Characters of a rule that names files (save-rule.ts). */
  rule: 120,
  /** Characters of one cell of a table that is edited. */
  cell: 100_000,
  'parallel-runs': 16,
  days: 36_500,
} as const;

/** The largest table of runs: rows below the names, columns, bytes of its file, and different files that its cells name. */
export const TABLE_LIMITS = { rows: 5_000, columns: 200, bytes: 8_388_608, files: 5_000 } as const;

export type LimitName = keyof typeof LIMITS;

export const isLimitName = (name: string | null): name is LimitName => name !== null && Object.hasOwn(LIMITS, name);

/** The largest number of chat messages, and of their bytes, that are stored for one run. */
export const MOST_CHAT_MESSAGES = 2_000;
export const MOST_CHAT_BYTES = 32 * 1_048_576;
