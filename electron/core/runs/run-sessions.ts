import type { RunId } from '../../contract/views.ts';
import type { Keychain } from '../connection/keychain.ts';
import { KeychainError } from '../connection/keychain.ts';
import { registerSecret } from '../base/redact.ts';
import type { RunSession } from '../omnitool/server.ts';
import { isSendable } from '../omnitool/session.ts';
import type { RunStore } from '../store/run-store.ts';
import type { Run } from '../model/run.ts';

const ACCOUNT_PREFIX = 'run ';

const accountOf = (runId: RunId): string => `${ACCOUNT_PREFIX}${runId}`;

/** Whether an item of the keychain is the cookie of a run, and not the token of a server. */
export const isRunAccount = (account: string): boolean => account.startsWith(ACCOUNT_PREFIX);

export interface RunSessionsPorts {
  readonly store: RunStore;
  readonly keychain: Keychain;
}

/**
 * The session that each run was started in: what the recipe says in chat and why a block failed is told to it alone
 * (wire 9.4). Its cookie is as powerful as the token, so it rests in memory and, while the run lives, in the keychain;
 * where there is none, a restart costs the chat answer and nothing else.
 */
export class RunSessions {
  readonly #ports: RunSessionsPorts;
  readonly #sessions = new Map<RunId, RunSession>();

  constructor(ports: RunSessionsPorts) {
    this.#ports = ports;
  }

  /** As kept in memory; see `recall` for one from before this start. */
  known(runId: RunId): RunSession | null {
    return this.#sessions.get(runId) ?? null;
  }

  /** Kept when this returns, so that a start sent right after can always be heard of. */
  async keep(runId: RunId, session: RunSession): Promise<void> {
    const { store, keychain } = this.#ports;
    registerSecret(session.cookie);
    this.#sessions.set(runId, session);
    // Noted first: a cookie nobody knows of would stay in the keychain for ever.
    store.noteSession(runId, true);
    try {
      await keychain.write(accountOf(runId), session.cookie);
    } catch (failure) {
      if (!(failure instanceof KeychainError)) throw failure;
    }
  }

  /** null where the session cannot be had any more. */
  async recall({ id, sessionKept }: Pick<Run, 'id' | 'sessionKept'>): Promise<RunSession | null> {
    const known = this.known(id);
    if (known !== null || !sessionKept) return known;
    try {
      const cookie = await this.#ports.keychain.read(accountOf(id));
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

  /** Throws the cookie away. One that a locked keychain holds on to is removed by a later `tidy`. */
  async forget(runId: RunId): Promise<void> {
    this.#sessions.delete(runId);
    if (this.#ports.store.find(runId)?.sessionKept !== true) return;
    try {
      await this.#ports.keychain.remove(accountOf(runId));
      this.#ports.store.noteSession(runId, false);
    } catch (failure) {
      if (!(failure instanceof KeychainError)) throw failure;
    }
  }

  /** Removes the cookies of runs that have ended. */
  async tidy(): Promise<void> {
    for (const runId of this.#ports.store.endedWithSession()) await this.forget(runId);
  }
}
