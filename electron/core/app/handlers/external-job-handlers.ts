import type { Area, HandlerPorts } from './ports.ts';

/** Jobs that another client started. */
export const elsewhereHandlers = ({ core }: HandlerPorts): Area<'elsewhere'> => ({
  'elsewhere:open': async ({ elsewhereId }) => {
    const run = await core.externalJobs.open(elsewhereId);
    return core.runs.view(run);
  },
});
