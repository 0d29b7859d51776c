import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type FileReply, type FileRequest, SLOT, SLOTS } from './protocol.ts';

/** Beside this module, as source and as built (electron.vite.config.ts). */
const SCRIPT = new URL(`./thread${extname(import.meta.url)}`, import.meta.url);

/** A thread that takes longer to start counts as failed, in ms. */
const LONGEST_START_MS = 30_000;

/** A call and its waiting caller. */
export interface FileCall {
  readonly request: FileRequest;
  /** The paths that it touches. */
  readonly paths: readonly [string, ...string[]];
  /** Whether it reads or writes whole files. */
  readonly isLong: boolean;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (failure: unknown) => void;
}

/** What a file thread reports to its pool. */
export interface FileThreadPorts {
  /** The thread is idle again. `isLate`: its caller had given up. */
  readonly onReply: (thread: FileThread, reply: FileReply, call: FileCall, isLate: boolean) => void;
  /** The thread ended, which no request causes. */
  readonly onEnd: (thread: FileThread, failure: unknown) => void;
}

/** One worker thread that makes blocking file calls, and how its pool watches it meanwhile. */
export class FileThread {
  readonly #slots = new Int32Array(new SharedArrayBuffer(SLOTS * Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;
  #call: FileCall | null = null;
  #beat = 0;
  /** How long its call has been waiting to begin, in ms: a new thread needs a moment to start. */
  #startingMs: number | null = 0;
  #isStuck = false;
  /** How long its current system call has lasted, in ms. */
  quietMs = 0;

  constructor({ onReply, onEnd }: FileThreadPorts) {
    this.#worker = new Worker(SCRIPT, {
      name: 'user files',
      workerData: this.#slots.buffer,
      execArgv: [],
      // The code that opened a file closes it, possibly on another thread.
      trackUnmanagedFds: false,
    });
    this.#worker.on('message', (reply: FileReply) => {
      const call = this.#call;
      if (call === null) return;
      this.#call = null;
      const isLate = this.#isStuck;
      this.#isStuck = false;
      this.#worker.unref();
      onReply(this, reply, call, isLate);
    });
    this.#worker.on('error', (failure) => onEnd(this, failure));
    this.#worker.on('exit', () => onEnd(this, new Error('A file thread ended.')));
  }

  get call(): FileCall | null {
    return this.#call;
  }

  give(call: FileCall): void {
    this.#call = call;
    this.quietMs = 0;
    this.#startingMs = 0;
    this.#worker.ref();
    this.#worker.postMessage(call.request, call.request.name === 'read' ? [call.request.ask.into] : []);
  }

  /** Adds to the time without progress, unless the thread made progress. Returns whether that is over `limitMs`. */
  isOver(limitMs: number, passedMs: number): boolean {
    const beat = Atomics.load(this.#slots, SLOT.beat);
    if (beat !== this.#beat) {
      this.#beat = beat;
      this.#startingMs = null;
      this.quietMs = 0;
    } else if (this.#startingMs === null) this.quietMs += passedMs;
    else return (this.#startingMs += passedMs) > LONGEST_START_MS;
    return this.quietMs > limitMs + Atomics.load(this.#slots, SLOT.allowance);
  }

  /** The path, or the part of it, that its current system call is about. */
  get place(): string {
    const paths = this.#call?.paths ?? [''];
    const path = paths[Atomics.load(this.#slots, SLOT.path)] ?? paths[0];
    const length = Atomics.load(this.#slots, SLOT.length);
    return length === 0 ? path : path.slice(0, length);
  }

  /** Its caller no longer waits, so the thread does not keep the process alive. */
  giveUp(): void {
    this.#isStuck = true;
    Atomics.store(this.#slots, SLOT.givenUp, 1);
    this.#worker.unref();
  }

  end(): void {
    this.#worker.removeAllListeners();
    void this.#worker.terminate();
  }
}
