import { app, dialog } from 'electron';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import type { QuitFacts } from '../contract/text/quit.ts';
import { quitWords } from '../contract/text/quit.ts';
import type { Core } from '../core/app/core.ts';

const QUIT = 1;

/** Ends the program, after a question where runs are under way. */
export class Quitting {
  readonly #core: Core;
  readonly #parent: () => BrowserWindow | null;
  #isAsking = false;

  /** @param parent the window the question belongs to, if one is on screen */
  constructor(core: Core, parent: () => BrowserWindow | null) {
    this.#core = core;
    this.#parent = parent;
  }

  /** Resolves after the user decided to stay; asked again meanwhile, there is one question. */
  async quit(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      if (await this.#mayQuit()) app.quit();
    } finally {
      this.#isAsking = false;
    }
  }

  async #mayQuit(): Promise<boolean> {
    const words = quitWords(quitFacts(this.#core));
    if (words === null) return true;
    const options: MessageBoxOptions = {
      ...words,
      type: 'question',
      buttons: ['Keep running', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    };
    const window = this.#parent();
    const asked = window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
    const { response } = await asked;
    return response === QUIT;
  }
}

/** Of the runs that this process carries; those of a terminal go on in it. One whose answer got lost waits for the user alone. */
function quitFacts({ engine, connection }: Core): QuitFacts {
  const runs = engine.mine().filter(({ state }) => state !== 'unconfirmed');
  const profileOf = (profileId: string) => connection.view.profiles.find(({ id }) => id === profileId);
  const inState = (...states: readonly string[]) => runs.filter(({ state }) => states.includes(state));
  const atWork = inState('running', 'collecting');
  const onPractice = atWork.filter(({ profileId }) => profileOf(profileId)?.practice === true).length;
  return {
    sending: inState('uploading', 'starting').length,
    onServer: atWork.length - onPractice,
    onPractice,
    waiting: inState('queued', 'waiting').length,
    needsToken: runs.some(({ profileId }) => {
      const profile = profileOf(profileId);
      return profile?.practice === false && profile.tokenPlace === 'session';
    }),
  };
}
