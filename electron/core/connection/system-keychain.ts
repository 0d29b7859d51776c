import type { Keychain } from './keychain.ts';
import { CHECK_ACCOUNT, KeychainError } from './keychain.ts';
import type { Keytar } from './keytar.ts';
import { keychainErrorOf, loadKeytar } from './keytar.ts';

export interface SystemKeychainOptions {
  /** The name people find our items under in their keychain. */
  readonly service?: string;
  /** How long a call may take, in ms. A keychain that asks for its password takes as long as the person does. */
  readonly timeoutMs?: number;
  readonly load?: () => Promise<Keytar>;
  readonly platform?: NodeJS.Platform;
}

type Task<T> = (keytar: Keytar, service: string) => Promise<T>;

/** Opens the keychain of the operating system. Nothing is loaded or asked before the first call. */
export const openSystemKeychain = (options: SystemKeychainOptions = {}): SystemKeychain => new SystemKeychain(options);

/**
 * The operating system's keychain through keytar. A call to a keychain that waits for its password, or hangs, cannot
 * be called off: it sits on a thread of the process. So calls go one at a time, a call that takes too long is given
 * up as `keychain-unanswered`, and until it comes back the next ones fail at once instead of taking thread after thread.
 */
export class SystemKeychain implements Keychain {
  readonly #service: string;
  readonly #timeoutMs: number;
  readonly #load: () => Promise<Keytar>;
  readonly #platform: NodeJS.Platform;
  #turn: Promise<unknown> = Promise.resolve();
  #hanging = false;

  constructor(options: SystemKeychainOptions) {
    const { service = 'OmniTray', timeoutMs = 5_000, load = loadKeytar, platform = process.platform } = options;
    this.#service = service;
    this.#timeoutMs = timeoutMs;
    this.#load = load;
    this.#platform = platform;
  }

  /** A call that was given up is still under way. The process cannot end by itself before it is (see leave.ts). */
  get isHanging(): boolean {
    return this.#hanging;
  }

  async read(account: string): Promise<string | null> {
    return this.#call(async (keytar, service) => {
      const secret = await keytar.getPassword(service, account);
      // libsecret says "nothing there" also when the person did not unlock the keychain; a write tells them apart.
      if (secret === null && this.#platform === 'linux') await checkOpen(keytar, service);
      return secret;
    });
  }

  async write(account: string, secret: string): Promise<void> {
    let isLate = false;
    const store: Task<void> = async (keytar, service) => {
      await keytar.setPassword(service, account, secret);
      // Said to have failed, and the person may have chosen not to keep it: then it must not be there after all.
      if (isLate) await keytar.deletePassword(service, account);
    };
    await this.#call(store, () => {
      isLate = true;
    });
  }

  async remove(account: string): Promise<void> {
    await this.#call((keytar, service) => keytar.deletePassword(service, account));
  }

  async #call<T>(task: Task<T>, onLate?: () => void): Promise<T> {
    const turn = this.#turn.then(() => this.#timed(task, onLate));
    // The next in line only waits for this one; the failure goes to who called.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #timed<T>(task: Task<T>, onLate?: () => void): Promise<T> {
    if (this.#hanging) throw new KeychainError('keychain-unanswered');
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.#hanging = true;
      onLate?.();
      reject(new KeychainError('keychain-unanswered'));
    }, this.#timeoutMs);
    const done = this.#run(task).finally(() => {
      clearTimeout(timer);
      this.#hanging = false;
    });
    return Promise.race([done, late]);
  }

  async #run<T>(task: Task<T>): Promise<T> {
    try {
      return await task(await this.#load(), this.#service);
    } catch (failure) {
      throw keychainErrorOf(failure);
    }
  }
}

async function checkOpen(keytar: Keytar, service: string): Promise<void> {
  await keytar.setPassword(service, CHECK_ACCOUNT, 'ok');
  await keytar.deletePassword(service, CHECK_ACCOUNT);
}
