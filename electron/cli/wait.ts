import type { RunView } from '../contract/views.ts';
import { isEnded } from '../contract/views.ts';
import { progressWords } from '../contract/text/progress.ts';
import { runInputsWords, runStateWords } from '../contract/text/runs.ts';
import { sizeWords } from '../contract/formats.ts';
import type { Core } from '../core/app/core.ts';
import { exitOfWait } from './exit-codes.ts';
import type { Output } from './output.ts';

/** Whether the run cannot change while this command waits: it ended, or the user has to do something first. */
const isOver = (run: RunView): boolean =>
  isEnded(run) || (run.state === 'unconfirmed' && run.candidates !== null) || exitOfWait(run.reason) !== null;

/** The outcome of a wait for runs. */
export interface Waited {
  /** The last view of each run, in the order of the ids. */
  readonly views: readonly RunView[];
  /** Why the wait ended before the runs; null: all ended or need the user. */
  readonly cutBy: 'signal' | 'timeout' | null;
}

/** Signals that end the wait. A second one ends the process at once; `omnitray resume` continues its runs. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits until every run ended or needs the user, until the timeout, or for a signal. */
export async function waitForEnd(
  core: Core,
  output: Output,
  ids: readonly string[],
  timeoutMs: number | null,
): Promise<Waited> {
  const last = new Map(ids.map((id) => [id, core.runs.view(core.runs.get(id))]));
  const { promise, resolve: done } = Promise.withResolvers<undefined>();
  let cutBy = null as Waited['cutBy'];
  // A run in `starting` is waited for: without the reply to its start it would be unconfirmed.
  const mayLeave = (run: RunView): boolean => isOver(run) || (cutBy !== null && run.state !== 'starting');
  const check = (): void => {
    if ([...last.values()].every(mayLeave)) done(undefined);
  };
  const cut = (by: 'signal' | 'timeout'): void => {
    cutBy ??= by;
    check();
  };
  const onSignal = (): void => cut('signal');
  const noteWhereItIs = (view: RunView): void =>
    output.note((ids.length > 1 ? `${runInputsWords(view)}: ` : '') + noteOf(view));
  const unsubscribe = core.runs.onChange(({ run: view }) => {
    const before = last.get(view.id);
    if (before === undefined) return;
    last.set(view.id, view);
    if (saysMore(before, view)) noteWhereItIs(view);
    check();
  });
  const timer = timeoutMs === null ? undefined : setTimeout(() => cut('timeout'), timeoutMs);
  for (const signal of SIGNALS) process.once(signal, onSignal);
  for (const view of last.values()) if (!isOver(view)) noteWhereItIs(view);
  check();
  await promise;
  clearTimeout(timer);
  for (const signal of SIGNALS) process.off(signal, onSignal);
  unsubscribe();
  return { views: [...last.values()], cutBy };
}

const saysMore = (before: RunView, now: RunView): boolean =>
  before.state !== now.state || before.reason !== now.reason || noteOf(before) !== noteOf(now);

function noteOf(run: RunView): string {
  const words = runStateWords(run.state, run.reason, run.reasonDetail);
  if (run.state === 'uploading') {
    const bytes = run.inputs.reduce((sum, input) => sum + input.size, 0);
    return bytes === 0 ? `${words.label}.` : `${words.label} ${sizeWords(bytes)}.`;
  }
  const at = run.state === 'running' && run.progress !== null ? progressWords(run.progress) : null;
  if (at !== null && run.reason === null) return `${words.label}: ${at}.`;
  return run.reason !== null && !isEnded(run) ? words.sentence : `${words.label}.`;
}
