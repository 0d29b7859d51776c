import type { Area, HandlerPorts } from './ports.ts';

/** The runs of a batch side by side. */
export const batchHandlers = ({ core: { batches, batchSaver }, desktop }: HandlerPorts): Area<'batches'> => ({
  'batches:view': ({ batchId }) => batches.view(batchId),
  'batches:progress': ({ batchId }) => batches.progress(batchId),
  'batches:rows': ({ batchId, runIds }) => batches.rows(batchId, runIds),
  'batches:order': ({ batchId, by, isDown }) => batches.order(batchId, by, isDown),
  'batches:save-csv': async ({ batchId }) => {
    const savedAs = await desktop.pickSavePath(batchSaver.csvName(batchId));
    if (savedAs !== null) await batchSaver.saveCsv(batchId, savedAs);
    return { savedAs };
  },
  'batches:export': async ({ batchId }) => {
    const target = await desktop.pickFolder('Export to');
    return target === null ? { folder: null, files: 0, failed: [] } : batchSaver.exportAll(batchId, target);
  },
  'batches:stop-export': ({ batchId }) => batchSaver.stop(batchId),
});
