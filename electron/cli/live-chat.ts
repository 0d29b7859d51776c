import type { RunId } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import type { Output } from './output.ts';

/** What of a run's chat was printed before its end. */
export interface Printed {
  /** Messages, from the first on, that are not to be printed again. */
  readonly messages: number;
  /** Whether any of them had a text: what is printed next stands apart from it. */
  readonly isAnything: boolean;
}

/** The state before any message of a run was printed. */
export const NOTHING_PRINTED: Printed = { messages: 0, isAnything: false };

/** The printing of a run's chat while the run goes on: what was printed of each run, and how to end it. */
export interface LiveChat {
  of(runId: RunId): Printed;
  stop(): void;
}

/**
 * Prints what a recipe says in chat as it says it. What several runs say is printed run by run after their end, and JSON
 * is one value: both are left alone here.
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
