import { SLOT } from './protocol.ts';

/** The operation went on after its caller had given up. What it had begun to write is removed. */
class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

const LONGEST_ALLOWANCE_MS = 0x7fff_ffff;

/** By which a thread tells, through shared memory, what it is touching: it sits in system calls and cannot send messages. */
export class Trace {
  readonly #slots: Int32Array;

  constructor(slots: Int32Array) {
    this.#slots = slots;
  }

  begin(): void {
    Atomics.store(this.#slots, SLOT.givenUp, 0);
    this.at(0, 0);
    this.#beat();
  }

  /** The next system call touches so many letters of that path. */
  at(path: number, length: number): void {
    Atomics.store(this.#slots, SLOT.path, path);
    Atomics.store(this.#slots, SLOT.length, length);
  }

  /** Does one system call. @throws GivenUp instead, when the call before took so long that the caller gave up */
  step<T>(call: () => T, allowanceMs = 0): T {
    if (Atomics.load(this.#slots, SLOT.givenUp) === 1) throw new GivenUp();
    Atomics.store(this.#slots, SLOT.allowance, Math.min(allowanceMs, LONGEST_ALLOWANCE_MS));
    try {
      return call();
    } finally {
      Atomics.store(this.#slots, SLOT.allowance, 0);
      this.#beat();
    }
  }

  #beat(): void {
    Atomics.add(this.#slots, SLOT.beat, 1);
  }
}
