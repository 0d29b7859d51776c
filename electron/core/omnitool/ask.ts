import type { Reply } from './http.ts';

/** Sends a small call in the profile's session: JSON in, a whole reply out. */
export interface SmallCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The path with placeholders for ids. */
  readonly route: string;
  readonly json?: unknown;
  /** The longest reply worth holding in memory, in bytes. */
  readonly maxReply: number;
  readonly signal?: AbortSignal | undefined;
}

/** Sends a small call and returns its whole reply. @throws OmnitoolError */
export type Ask = (question: SmallCall) => Promise<Reply>;

/** Bytes. */
export const MEBIBYTE = 1_048_576;
