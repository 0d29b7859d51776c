import type { Area, HandlerPorts } from './ports.ts';

/** Jobs that another client started. */
export const externalJobHandlers = ({ core }: HandlerPorts): Area<'external-jobs'> => ({
  'external-jobs:open': async ({ externalJobId }) => {
    const run = await core.externalJobs.open(externalJobId);
    return core.runs.view(run);
  },
});
