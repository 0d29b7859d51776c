import type { Area, HandlerPorts } from './ports.ts';

/** The disk space in use, and removing old runs. */
export function storageHandlers({ core }: HandlerPorts): Area<'storage'> {
  const { storage } = core;
  return {
    'storage:view': () => storage.view(),
    'storage:old-runs': ({ days }) => storage.old(days),
    'storage:remove-old-runs': ({ days }) => storage.remove(days),
    'storage:clear-history': async () => {
      const runs = await storage.clear();
      await core.housekeeping.removeUnused(core.clock.now());
      return { runs };
    },
  };
}
