import type { Area, HandlerPorts } from './ports.ts';

/** The runs of a batch side by side. */
export const batchHandlers = ({ core: { batches } }: HandlerPorts): Area<'batches'> => ({
  'batches:view': ({ batchId }) => batches.view(batchId),
  'batches:progress': ({ batchId }) => batches.progress(batchId),
  'batches:rows': ({ batchId, runIds }) => batches.rows(batchId, runIds),
  'batches:order': ({ batchId, by, isDown }) => batches.order(batchId, by, isDown),
});
