import type { AppView } from '../../../contract/views.ts';
import type { Core } from '../core.ts';
import type { Area, HandlerPorts } from './ports.ts';

export function appHandlers({ core, desktop, about, place, logFile }: HandlerPorts): Area<'app' | 'settings'> {
  return {
    'app:view': () => {
      const { runs, more } = core.runs.recent();
      return {
        connection: core.connection.view,
        recipes: core.catalogue.view,
        draft: core.draft.view(),
        runs,
        moreRuns: more,
        elsewhere: core.elsewhere.list(),
        settings: settingsView(core),
        about: about.now(),
        place: place(),
      };
    },
    'app:about': () => about.ask(),
    'app:reveal-data': () => {
      desktop.reveal(about.now().dataFolder);
      return null;
    },
    'app:reveal-log': () => {
      desktop.reveal(logFile);
      return null;
    },
    'settings:change': (patch) => {
      core.settings.change(patch);
      return settingsView(core);
    },
  };
}

/** Of the settings, what the user sets: not the profiles, and not what the program notes for itself. */
export function settingsView({ settings }: Core): AppView['settings'] {
  const {
    theme,
    notifyWhen,
    notifyElsewhere,
    paused,
    keepInputs,
    adoptAlone,
    undoStart,
    parallelRuns,
    keepDays,
    keepBytes,
  } = settings.read();
  return {
    theme,
    notifyWhen,
    notifyElsewhere,
    paused,
    keepInputs,
    adoptAlone,
    undoStart,
    parallelRuns,
    keepDays,
    keepBytes,
  };
}
