import { appHandlers } from './handlers/app-handlers.ts';
import { batchHandlers } from './handlers/batch-handlers.ts';
import { connectionHandlers } from './handlers/connection-handlers.ts';
import { draftHandlers } from './handlers/draft-handlers.ts';
import { externalJobHandlers } from './handlers/external-job-handlers.ts';
import type { HandlerPorts, Handlers } from './handlers/ports.ts';
import { presetHandlers } from './handlers/preset-handlers.ts';
import { recipeHandlers } from './handlers/recipe-handlers.ts';
import { resultHandlers } from './handlers/result-handlers.ts';
import { runHandlers } from './handlers/run-handlers.ts';
import { settingsHandlers } from './handlers/settings-handlers.ts';
import { storageHandlers } from './handlers/storage-handlers.ts';
import { tableHandlers } from './handlers/table-handlers.ts';

export { settingsView } from './handlers/settings-handlers.ts';
export type { About, HandlerPorts, Handlers } from './handlers/ports.ts';

/** The handlers of all calls of the contract, one file for each area. */
export const makeHandlers = (ports: HandlerPorts): Handlers => ({
  ...appHandlers(ports),
  ...connectionHandlers(ports),
  ...recipeHandlers(ports),
  ...presetHandlers(ports),
  ...draftHandlers(ports),
  ...runHandlers(ports),
  ...batchHandlers(ports),
  ...externalJobHandlers(ports),
  ...resultHandlers(ports),
  ...settingsHandlers(ports),
  ...storageHandlers(ports),
  ...tableHandlers(ports),
});
