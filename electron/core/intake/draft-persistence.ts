import { basename } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { DraftStore, StoredDraft } from '../store/draft-store.ts';
import type { DraftThing } from './draft-things.ts';
import type { Draft } from './draft.ts';

/** What is typed is not written letter by letter; a crash costs this much at most. Milliseconds. */
const PAUSE_MS = 500;

export interface DraftKeeperPorts {
  readonly draft: Draft;
  readonly store: DraftStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Has what is on the table outlive the program. */
export class DraftPersistence {
  readonly #ports: DraftKeeperPorts;
  #end: (() => void) | null = null;
  #cancel: (() => void) | null = null;
  #isRestoring = false;

  constructor(ports: DraftKeeperPorts) {
    this.#ports = ports;
  }

  /**
   * Puts back what was on the table when the program last ended, and follows it from then on. For the app only: the
   * table of a command is its own. Resolves once the files were looked at.
   *
   * @throws what reading the stored draft throws; the draft is followed all the same
   */
  async start(): Promise<void> {
    const { draft, store } = this.#ports;
    this.#end = draft.onChange(() => this.#plan());
    try {
      const stored = store.read();
      if (stored === null) return;
      const { things, ...edit } = stored;
      // Half of it must not take the place of the whole, should the program end now.
      this.#isRestoring = true;
      await draft.replace(things, edit);
    } finally {
      this.#isRestoring = false;
    }
  }

  /** Writes what is not written yet. */
  close(): void {
    this.#end?.();
    if (this.#cancel === null) return;
    this.#cancel();
    this.#write();
  }

  #plan(): void {
    this.#cancel ??= this.#ports.clock.after(PAUSE_MS, () => {
      this.#cancel = null;
      if (this.#isRestoring) this.#plan();
      else this.#write();
    });
  }

  #write(): void {
    const { draft, store, logger } = this.#ports;
    const { attachments, recipeId, message, data, mode } = draft.contents();
    const things = attachments.flatMap(({ path, name, text, sendAs, madeFrom }): readonly DraftThing[] => {
      if (path !== null) return [{ path, ...(name === basename(path) ? {} : { name }), sendAs, madeFrom }];
      return text === null ? [] : [{ text }];
    });
    try {
      store.write({ things: [...things], recipeId, message, data, mode } satisfies StoredDraft);
    } catch (failure) {
      // The table itself is not lost, and the next change is written with all that is on it.
      logger.warn('What is on the table could not be written down.', { failure });
    }
  }
}
