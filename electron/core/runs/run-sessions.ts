import type { RunId } from '../../contract/views.ts';
import { type Keychain, KeychainError } from '../connection/keychain.ts';
import { registerSecret } from '../base/redact.ts';
import type { RunSession } from '../omnitool/server.ts';
import { isSendable } from '../omnitool/session.ts';
import type { RunNotes } from '../store/run-notes.ts';
import type { RunStore } from '../store/run-store.ts';
import type { Run } from '../model/run.ts';

const ACCOUNT_PREFIX = 'run ';

const accountOf = (runId: RunId): string => `${ACCOUNT_PREFIX}${runId}`;

/** Whether a keychain item is the cookie of a run, rather than the token of a server. */
export const isRunAccount = (account: string): boolean => account.startsWith(ACCOUNT_PREFIX);

/** What a RunSessions works with. */
export interface RunSessionsOptions {
  readonly store: RunStore;
  readonly notes: RunNotes;
  readonly keychain: Keychain;
}

/**
 * The session in which each run was started: only it receives the chat messages, and why a block failed (wire 9.4). Its
 * cookie is as powerful as the token, so it is kept in memory and, until the run ends, in the keychain. Without a
 * keychain, a restart loses the chat messages and nothing else.
 */
export class RunSessions {
  readonly #options: RunSessionsOptions;
  readonly #sessions = new Map<RunId, RunSession>();

  constructor(options: RunSessionsOptions) {
    this.#options = options;
  }

  /** The session in memory; `recall` also reads the keychain. */
  known(runId: RunId): RunSession | null {
    return this.#sessions.get(runId) ?? null;
  }

  /** Keeps a session. It is stored when this returns, so that the answer of a start right after cannot be lost. */
  async keep(runId: RunId, session: RunSession): Promise<void> {
    const { store, notes, keychain } = this.#options;
    registerSecret(session.cookie);
    this.#sessions.set(runId, session);
    // Noted first: a cookie without a note would never be removed from the keychain. The move to `uploading` has noted
    // it already, except that of an earlier version.
    if (store.find(runId)?.sessionKept !== true) notes.session(runId, true);
    try {
      await keychain.write(accountOf(runId), session.cookie);
    } catch (failure) {
      if (!(failure instanceof KeychainError)) throw failure;
    }
  }

  /** The session of a run; null when it is gone. */
  async recall({ id, sessionKept }: Pick<Run, 'id' | 'sessionKept'>): Promise<RunSession | null> {
    const known = this.known(id);
    if (known !== null || !sessionKept) return known;
    try {
      const cookie = await this.#options.keychain.read(accountOf(id));
      if (cookie === null || !isSendable(cookie)) return null;
      registerSecret(cookie);
      const session = { cookie };
      this.#sessions.set(id, session);
      return session;
    } catch (failure) {
      if (failure instanceof KeychainError) return null;
      throw failure;
    }
  }

  /** Removes the cookie. If the keychain is locked, a later `tidy` removes it. */
  async forget(runId: RunId): Promise<void> {
    this.#sessions.delete(runId);
    if (this.#options.store.find(runId)?.sessionKept !== true) return;
    try {
      await this.#options.keychain.remove(accountOf(runId));
      this.#options.notes.session(runId, false);
    } catch (failure) {
      if (!(failure instanceof KeychainError)) throw failure;
    }
  }

  /** Removes the cookies of runs that have ended. */
  async tidy(): Promise<void> {
    for (const runId of this.#options.notes.endedWithSession()) await this.forget(runId);
  }
}
