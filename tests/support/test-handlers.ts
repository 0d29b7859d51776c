import type { Core } from '../../electron/core/app/core.ts';
import { makeHandlers } from '../../electron/core/app/handlers.ts';
import type { Handlers } from '../../electron/core/app/handlers.ts';

/** The calls of a window, for tests of those that need no desktop: any use of it throws. */
export function handlersOf(core: Core): Handlers {
  const nothing = new Proxy({}, { get: (_, name) => () => Promise.reject(new Error(`No ${String(name)} here.`)) });
  return makeHandlers({
    core,
    desktop: nothing as never,
    about: nothing as never,
    system: nothing as never,
    place: () => ({ view: 'launch' }),
    onWent: () => undefined,
    logFile: '',
    owner: 'app',
  });
}
