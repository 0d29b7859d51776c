type Message =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string };

/** An end of a channel between two processes: a child process, or `process` inside the child. */
export interface Channel {
  send?(message: unknown, done: (problem: Error | null) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

type Asyncs<T> = { [Name in keyof T]: (...args: never[]) => Promise<unknown> };

interface Waiting {
  resolve(value: unknown): void;
  reject(problem: Error): void;
}

/** Calls in both directions over one channel. Answers may overtake each other; calls do not. */
export class Line<There extends Asyncs<There>> {
  /** The other side's methods. */
  readonly there: There;
  readonly #channel: Channel;
  readonly #waiting = new Map<number, Waiting>();
  readonly #here: Asyncs<unknown> & object;
  #calls = 0;
  #closed = false;

  constructor(channel: Channel, here: object) {
    this.#channel = channel;
    this.#here = here;
    this.there = new Proxy({} as There, {
      get: (_target, method) => (typeof method === 'string' && method !== 'then' ? this.#caller(method) : undefined),
    });
    channel.on('message', (message) => {
      void this.#receive(message as Message);
    });
    channel.on('disconnect', () => {
      this.close();
    });
  }

  /** Every call still open, and every later one, fails. */
  close(): void {
    this.#closed = true;
    for (const waiting of this.#waiting.values()) waiting.reject(new Error('The other process is gone.'));
    this.#waiting.clear();
  }

  #caller(method: string): (...args: unknown[]) => Promise<unknown> {
    return (...args) => {
      if (this.#closed) return Promise.reject(new Error(`The other process is gone (asked for ${method}).`));
      const id = ++this.#calls;
      return new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        this.#send({ kind: 'call', id, method, args });
      });
    };
  }

  #send(message: Message): void {
    if (this.#closed) return;
    this.#channel.send?.(message, (problem) => {
      if (problem !== null) this.close();
    });
  }

  async #receive(message: Message): Promise<void> {
    if (message.kind === 'call') {
      this.#send(await this.#answer(message.id, message.method, message.args));
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'value') waiting?.resolve(message.value);
    else waiting?.reject(new Error(message.message));
  }

  async #answer(id: number, method: string, args: readonly unknown[]): Promise<Message> {
    const handler: unknown = Reflect.get(this.#here, method);
    try {
      if (typeof handler !== 'function') throw new Error(`Nobody answers to ${method}.`);
      return { kind: 'value', id, value: await Reflect.apply(handler, this.#here, [...args]) };
    } catch (problem) {
      return { kind: 'failure', id, message: problem instanceof Error ? problem.message : String(problem) };
    }
  }
}
