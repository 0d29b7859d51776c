import { SLOT } from './protocol.ts';

/** The caller gave up during the operation. A partly written file is removed. */
class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

const LONGEST_ALLOWANCE_MS = 0x7fff_ffff;

/** Reports through shared memory what a thread is touching, because it cannot send messages during a system call. */
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

  /** The next system call touches this many letters of that path. */
  at(path: number, length: number): void {
    Atomics.store(this.#slots, SLOT.path, path);
    Atomics.store(this.#slots, SLOT.length, length);
  }

  /** Makes one system call. @throws GivenUp instead, when the caller gave up during the call before */
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
