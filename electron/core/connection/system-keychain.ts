import { systemClock } from '../base/clock.ts';
import { CHECK_ACCOUNT, type Keychain, KeychainError } from './keychain.ts';
import { keychainErrorOf, type Keytar, loadKeytar } from './keytar.ts';

interface SystemKeychainOptions {
  /** Limit of a call in ms. A keychain that asks for its password needs as long as the user does. */
  readonly timeoutMs?: number;
  readonly load?: () => Promise<Keytar>;
  readonly platform?: NodeJS.Platform;
}

/** The name of our items in the user's keychain. */
const SERVICE = 'OmniTray';

type Task<T> = (keytar: Keytar) => Promise<T>;

/**
 * The operating system's keychain through keytar, which is loaded on the first call. A call cannot be cancelled while the keychain waits for its password
 * or hangs: it occupies a thread of the process. So calls run one at a time. A call that takes too long fails as
 * `keychain-unanswered`, and until it returns all further calls fail at once and occupy no more threads.
 */
export class SystemKeychain implements Keychain {
  readonly #timeoutMs: number;
  readonly #load: () => Promise<Keytar>;
  readonly #platform: NodeJS.Platform;
  #turn: Promise<unknown> = Promise.resolve();
  #hanging = false;

  constructor(options: SystemKeychainOptions = {}) {
    const { timeoutMs = 5_000, load = loadKeytar, platform = process.platform } = options;
    this.#timeoutMs = timeoutMs;
    this.#load = load;
    this.#platform = platform;
  }

  /** Whether an abandoned call is still running. The process cannot exit normally before it returns (hard-exit.ts). */
  get isHanging(): boolean {
    return this.#hanging;
  }

  async read(account: string): Promise<string | null> {
    return this.#call(async (keytar) => {
      const secret = await keytar.getPassword(SERVICE, account);
      // libsecret answers "no secret" also when the user did not unlock the keychain; a write tells the two apart.
      if (secret === null && this.#platform === 'linux') await checkOpen(keytar);
      return secret;
    });
  }

  async write(account: string, secret: string): Promise<void> {
    let isLate = false;
    const store: Task<void> = async (keytar) => {
      await keytar.setPassword(SERVICE, account, secret);
      // The caller was told that it failed and may have decided not to keep the token, so it is removed.
      if (isLate) await keytar.deletePassword(SERVICE, account);
    };
    await this.#call(store, () => {
      isLate = true;
    });
  }

  async remove(account: string): Promise<void> {
    await this.#call((keytar) => keytar.deletePassword(SERVICE, account));
  }

  async #call<T>(task: Task<T>, onLate?: () => void): Promise<T> {
    const turn = this.#turn.then(() => this.#timed(task, onLate));
    // The next call only waits for this one; the failure goes to this call's caller.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #timed<T>(task: Task<T>, onLate?: () => void): Promise<T> {
    if (this.#hanging) throw new KeychainError('keychain-unanswered');
    const { promise: late, reject } = Promise.withResolvers<never>();
    const cancel = systemClock.after(this.#timeoutMs, () => {
      this.#hanging = true;
      onLate?.();
      reject(new KeychainError('keychain-unanswered'));
    });
    const done = this.#run(task).finally(() => {
      cancel();
      this.#hanging = false;
    });
    return Promise.race([done, late]);
  }

  async #run<T>(task: Task<T>): Promise<T> {
    try {
      return await task(await this.#load());
    } catch (failure) {
      throw keychainErrorOf(failure);
    }
  }
}

async function checkOpen(keytar: Keytar): Promise<void> {
  await keytar.setPassword(SERVICE, CHECK_ACCOUNT, 'ok');
  await keytar.deletePassword(SERVICE, CHECK_ACCOUNT);
}
