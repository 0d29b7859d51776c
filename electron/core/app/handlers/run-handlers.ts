import type { Run } from '../../runs/run.ts';
import { AppError } from '../app-error.ts';
import { startDraft } from '../launch.ts';
import type { Area, HandlerPorts } from './ports.ts';

export function runHandlers({ core, owner }: HandlerPorts): Area<'runs'> {
  const { runs, engine } = core;
  let starting: Promise<Run> | null = null;
  return {
    // Pressed twice, it is one run: each one costs money.
    'runs:start': async () => {
      starting ??= startDraft(core, owner).finally(() => {
        starting = null;
      });
      return [runs.view(await starting)];
    },
    'runs:stop': ({ runId }) => runs.stop(engine, runId),
    'runs:give-up': ({ runId }) => runs.giveUp(engine, runId),
    'runs:seen': ({ runId }) => runs.seen(runId),
    'runs:remove': async ({ runIds }) => {
      for (const runId of runIds) await runs.remove(runId);
      return { until: 0 };
    },
    'runs:restore': missing,
    'runs:again': missing,
    'runs:failed-again': missing,
    'runs:stop-batch': missing,
    'runs:stop-all': missing,
    'runs:adopt': missing,
    'runs:favourite': missing,
  };
}

const missing = (): never => {
  throw new AppError('internal');
};
