import type { RunFailureView } from '../../contract/views.ts';

/** The server's prefix before a block's own message (wire 9.3). */
const PREAMBLE = /^Error executing \S+ for block \S+: /;

const LONGEST_MESSAGE = 2_000;
const MOST_FAILURES = 50;

/** Returns the block's own message without the server's prefix. */
export function plainFailure(message: string): string {
  const plain = message.replace(PREAMBLE, '').trim();
  return plain.length <= LONGEST_MESSAGE ? plain : `${plain.slice(0, LONGEST_MESSAGE)}…`;
}

/**
 * Joins known and new failures and removes doubles. The server reports most failures twice, over two channels (wire
 * 9.3), and one of the two may not name the block.
 */
export function mergeFailures(
  known: readonly RunFailureView[],
  more: readonly RunFailureView[],
): readonly RunFailureView[] {
  const merged = [...known];
  for (const failure of more) {
    const same = merged.findIndex(
      ({ block, message }) =>
        message === failure.message && (block === failure.block || block === null || failure.block === null),
    );
    if (same === -1) merged.push(failure);
    else if (merged[same]?.block === null) merged[same] = failure;
  }
  return merged.slice(0, MOST_FAILURES);
}

/** Returns the first failure with a message as one line; null when there is none. */
export function failureLine(failures: readonly RunFailureView[]): string | null {
  const first = failures.find(({ message }) => message !== '') ?? failures[0];
  if (first === undefined) return null;
  if (first.block === null) return first.message;
  return first.message === '' ? first.block : `${first.block}: ${first.message}`;
}
