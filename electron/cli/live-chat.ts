import type { RunId } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import type { Output } from './output.ts';

/** The part of a run's chat that was printed before its end. */
export interface Printed {
  /** The number of messages, from the first, that are printed. */
  readonly messages: number;
  /** Whether any of them had a text. Then an empty line comes before the next output. */
  readonly isAnything: boolean;
}

/** The state before any message of a run was printed. */
export const NOTHING_PRINTED: Printed = { messages: 0, isAnything: false };

/** Prints chat during a run. `of` says what was printed of a run; `stop` ends it. */
export interface LiveChat {
  of(runId: RunId): Printed;
  stop(): void;
}

/**
 * Prints chat messages of a run as they arrive. Prints nothing for several runs, whose chat is printed run by run after
 * their end, and with --json, which prints one value.
 */
export function printChat(core: Core, output: Output, ids: readonly RunId[]): LiveChat {
  const [id, ...others] = ids;
  let printed = NOTHING_PRINTED;
  const of = (runId: RunId): Printed => (runId === id ? printed : NOTHING_PRINTED);
  if (id === undefined || others.length > 0 || output.json) return { of, stop: () => undefined };
  const stop = core.runs.onChange(({ run }) => {
    if (run.id !== id || run.said === 0) return;
    for (const { text } of core.results.find(id).messages.slice(printed.messages)) {
      if (text !== '') output.result(printed.isAnything ? `\n${text}` : text);
      printed = { messages: printed.messages + 1, isAnything: printed.isAnything || text !== '' };
    }
  });
  return { of, stop };
}
