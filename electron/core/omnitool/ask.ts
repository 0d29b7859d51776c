import type { Reply } from './http.ts';

/** A small call of the profile's session: JSON in, a whole reply out. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The path with placeholders for ids. */
  readonly route: string;
  readonly json?: unknown;
  /** The longest reply worth holding in memory, in bytes. */
  readonly maxReply: number;
  readonly signal?: AbortSignal | undefined;
}

export type Ask = (question: Question) => Promise<Reply>;

export const MEBIBYTE = 1_048_576;
