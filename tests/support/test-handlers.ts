import type { Core } from '../../electron/core/app/core.ts';
import type { Desktop } from '../../electron/core/app/desktop.ts';
import { type Handlers, makeHandlers } from '../../electron/core/app/handlers.ts';

/** The calls of a window, on as much of a desktop as a test gives: any use of the rest of it throws. */
export function handlersOf(core: Core, desktop: Partial<Desktop> = {}): Handlers {
  const absent = (name: string) => () => Promise.reject(new Error(`No ${name} here.`));
  const nothing = new Proxy({}, { get: (_, name) => absent(String(name)) });
  return makeHandlers({
    core,
    desktop: new Proxy(desktop, {
      get: (given, name): unknown => Reflect.get(given, name) ?? absent(String(name)),
    }) as Desktop,
    about: nothing as never,
    system: nothing as never,
    start: { unread: () => [], read: () => undefined },
    quit: absent('quit'),
    route: () => ({ view: 'launch' }),
    onNavigated: () => undefined,
    logFile: '',
    owner: 'app',
  });
}
