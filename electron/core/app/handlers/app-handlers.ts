import { settingsView } from './settings-handlers.ts';
import type { Area, HandlerPorts } from './ports.ts';

/** The first view of the window, quitting, and the folders that the user can open. */
export function appHandlers({
  core,
  desktop,
  about,
  start,
  quit,
  route,
  onNavigated,
  logFile,
}: HandlerPorts): Area<'app'> {
  return {
    'app:view': () => {
      const { runs, more } = core.runs.recent();
      return {
        connection: core.connection.view,
        recipes: core.catalogue.view,
        presets: core.presets.view,
        draft: core.draft.view(),
        runs,
        moreRuns: more,
        attention: core.attention.view(),
        externalJobs: core.externalJobs.list(),
        settings: settingsView(core),
        about: about.now(),
        route: route(),
        startFailures: start.unread(),
      };
    },
    'app:about': () => about.ask(),
    'app:quit': () => quit(),
    'app:start-read': () => start.read(),
    'app:reveal-data': () => desktop.reveal(about.now().dataFolder),
    'app:reveal-log': () => desktop.reveal(logFile),
    'app:navigated': (route) => onNavigated(route),
  };
}
