import { app, type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { type QuitFacts, quitWords } from '../contract/text/quit.ts';
import type { Core } from '../core/app/core.ts';

const QUIT = 1;

/** Quits the program. Asks first when runs are in progress. */
export class Quitting {
  readonly #core: Core;
  readonly #parent: () => BrowserWindow | null;
  #isAsking = false;

  /** @param parent returns the window that the question belongs to; null while none is visible */
  constructor(core: Core, parent: () => BrowserWindow | null) {
    this.#core = core;
    this.#parent = parent;
  }

  /** Resolves when the user decided to stay. A second call shows no second question. */
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
    const answer = await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options));
    return answer.response === QUIT;
  }
}

/** Facts about the runs of this process; a terminal goes on with its own. An unconfirmed run waits for the user only. */
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
