import { basename } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { DraftStore, StoredDraft } from '../store/draft-store.ts';
import type { DraftItem } from './draft-items.ts';
import type { Draft } from './draft.ts';

/**
 * Milliseconds between a change and its write, so that typing does not write at every letter. A crash loses at most
 * this much.
 */
const PAUSE_MS = 500;

interface DraftPersistencePorts {
  readonly draft: Draft;
  readonly store: DraftStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Saves the draft to SQLite and restores it at start. */
export class DraftPersistence {
  readonly #ports: DraftPersistencePorts;
  #end: (() => void) | null = null;
  #cancel: (() => void) | null = null;
  #isRestoring = false;

  constructor(ports: DraftPersistencePorts) {
    this.#ports = ports;
  }

  /**
   * Restores the draft of the last session and saves every later change. For the app only: a terminal command has its
   * own draft. Resolves once the files were inspected.
   *
   * @throws what reading the stored draft throws; later changes are saved all the same
   */
  async start(): Promise<void> {
    const { draft, store } = this.#ports;
    this.#end = draft.onChange(() => this.#plan());
    try {
      const stored = store.read();
      if (stored === null) return;
      const { things, ...edit } = stored;
      // A half-restored draft must not replace the whole one if the program ends now.
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
    const { attachments, ...rest } = draft.contents();
    const things = attachments.flatMap(({ path, name, text, sendAs, field, madeFrom }): readonly DraftItem[] => {
      if (path !== null) return [{ path, ...(name === basename(path) ? {} : { name }), sendAs, field, madeFrom }];
      return text === null ? [] : [{ text }];
    });
    try {
      store.write({ things: [...things], ...rest } satisfies StoredDraft);
    } catch (failure) {
      // The draft in memory is complete, and the next change writes all of it.
      logger.warn('The draft could not be saved.', { failure });
    }
  }
}
