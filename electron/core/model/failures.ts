import type { RunFailureView } from '../../contract/views.ts';

/** What the server puts before a block's own words (wire 9.3). */
const PREAMBLE = /^Error executing \S+ for block \S+: /;

const LONGEST_MESSAGE = 2_000;
const MOST_FAILURES = 50;

/** A block's own words, without the server's address of it. */
export function plainFailure(message: string): string {
  const plain = message.replace(PREAMBLE, '').trim();
  return plain.length <= LONGEST_MESSAGE ? plain : `${plain.slice(0, LONGEST_MESSAGE)}…`;
}

/**
 * What is known and what is new, each once. The server tells most failures twice, on two ways (wire 9.3), and one of
 * them may not name the block.
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

/** Failures in one line, for a reason: the first that says something. */
export function failureLine(failures: readonly RunFailureView[]): string | null {
  const first = failures.find(({ message }) => message !== '') ?? failures[0];
  if (first === undefined) return null;
  if (first.block === null) return first.message;
  return first.message === '' ? first.block : `${first.block}: ${first.message}`;
}
