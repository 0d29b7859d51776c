import { afterIfAlive, every, systemClock } from '../base/clock.ts';
import { type FileCall, FileThread } from './file-thread.ts';
import type { AnswerOf, AskOf, FileFailure, FileReply, FileRequest, OpenedFile, OperationName } from './protocol.ts';
import { isUnder, SilentPlaces } from './silent-places.ts';
import { Unanswered } from './unanswered.ts';

/** How often the busy threads are checked, in ms. */
const LOOK_MS = 50;
/** A thread without progress for longer may hang: calls to the same place wait for it, other calls pass it by. */
const QUIET_MS = 250;
/** Threads that are busy and make progress. */
const AT_ONCE = 4;
/** How many of those may read or write whole files, so that inspecting a file never waits for a long copy. */
const LONG_AT_ONCE = 2;
/** All threads, including those that hang. */
const MOST_THREADS = 16;
/** How long an idle thread is kept, in ms. */
const IDLE_MS = 10_000;

type ClosableFile = Pick<OpenedFile, 'fd' | 'place'>;

/** How a file call may run: its time limit and its cancellation. */
export interface CallOptions {
  /** For a call on an open file: the place of that file (OpenedFile). */
  readonly paths: readonly [string, ...string[]];
  readonly isLong?: boolean;
  /** The caller does not wait longer than this, in ms. It does not mean that the place is silent. */
  readonly patienceMs?: number | null;
}

/**
 * Makes file calls on its own threads, which are started on demand. A user's path may be on a network drive that hangs;
 * a call there blocks a thread until the drive is back. Node makes its file calls on the four threads that DNS lookups
 * and the keychain need as well, and such a call cannot be cancelled. Here a hanging call blocks only its own thread.
 * Its place is then marked as silent, and further calls there fail at once.
 *
 * Alternatives that do not work: the size of Node's own pool is read from the environment before a program can set it.
 * A child process would also help against threads that block even the end of the process, but Electron and Node have
 * different ones, and each costs tens of megabytes.
 */
export class FileThreads {
  readonly #queue = new Set<FileCall>();
  readonly #idle: FileThread[] = [];
  readonly #busy = new Set<FileThread>();
  /** Threads whose caller has given up, with the place that they hang in. */
  readonly #stuck = new Map<FileThread, string>();
  readonly #places = new SilentPlaces();
  /** Open files of places that were silent when they should have been closed. */
  #unclosed: ClosableFile[] = [];
  #answerWithinMs: number;
  #stopLooking: (() => void) | null = null;
  #lastLook = 0;
  #cancelEnd: (() => void) | null = null;

  /** `answerWithinMs`: how long one system call may take before its place counts as silent. */
  constructor(answerWithinMs: number) {
    this.#answerWithinMs = answerWithinMs;
  }

  /** Changes how long a system call may take. Returns the former limit. */
  answerWithin(ms: number): number {
    const before = this.#answerWithinMs;
    this.#answerWithinMs = ms;
    return before;
  }

  /** Whether a thread hangs in a call. Then the process cannot end by itself (connection/hard-exit.ts). */
  get isStuck(): boolean {
    return this.#stuck.size > 0 || [...this.#busy].some(({ quietMs }) => quietMs > QUIET_MS);
  }

  /** Makes a file call. @throws Unanswered, the file system's own errors with their code */
  perform<Name extends OperationName>(
    name: Name,
    ask: AskOf<Name>,
    { paths, isLong = false, patienceMs = null }: CallOptions,
  ): Promise<AnswerOf<Name>> {
    const request = { name, ask } as FileRequest;
    const { promise, resolve, reject } = Promise.withResolvers<AnswerOf<Name>>();
    const call = { request, paths, isLong, resolve: (answer: unknown) => resolve(answer as AnswerOf<Name>), reject };
    this.#queue.add(call);
    this.#pump();
    if (patienceMs === null) return promise;
    return promise.finally(systemClock.after(patienceMs, () => this.#refuse(call)));
  }

  #pump(): void {
    const now = systemClock.monotonic();
    for (const call of this.#queue) {
      if (call.paths.some((path) => this.#places.refuses(path, now))) this.#refuse(call);
      else if (this.#mayBegin(call)) {
        const thread = this.#free();
        if (thread === null) break;
        this.#queue.delete(call);
        this.#busy.add(thread);
        thread.give(call);
      }
    }
    this.#watch();
  }

  #refuse(call: FileCall): void {
    this.#queue.delete(call);
    call.reject(new Unanswered(call.paths[0], true));
  }

  #mayBegin(call: FileCall): boolean {
    const busy = [...this.#busy];
    if (call.isLong && busy.filter((thread) => thread.call?.isLong === true).length >= LONG_AT_ONCE) return false;
    return !busy.some((thread) => thread.quietMs > QUIET_MS && call.paths.some((path) => isUnder(path, thread.place)));
  }

  #free(): FileThread | null {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const lively = [...this.#busy].filter(({ quietMs }) => quietMs <= QUIET_MS).length;
    if (lively >= AT_ONCE || this.#busy.size + this.#stuck.size >= MOST_THREADS) return null;
    return new FileThread({
      onReply: (thread, reply, call, isLate) => this.#replied(thread, reply, call, isLate),
      onEnd: (thread, failure) => this.#ended(thread, failure),
    });
  }

  #replied(thread: FileThread, reply: FileReply, call: FileCall, isLate: boolean): void {
    if (isLate) {
      this.#places.cameBack(this.#stuck.get(thread) ?? '');
      this.#stuck.delete(thread);
      if ('answer' in reply && call.request.name === 'open') void this.close(reply.answer as OpenedFile);
    } else {
      this.#busy.delete(thread);
      this.#places.answered(call.paths);
      if ('answer' in reply) call.resolve(reply.answer);
      else call.reject(errorOf(reply.failure));
    }
    this.#idle.push(thread);
    this.#closeRest();
    this.#pump();
    this.#planEnd();
  }

  /** Closes a file, now or when its drive is back. Never rejects: nothing was written that could be lost. */
  async close({ fd, place }: ClosableFile): Promise<void> {
    try {
      await this.perform('close', { fd }, { paths: [place] });
    } catch (failure) {
      // It was never begun, because the place was already silent.
      if (failure instanceof Unanswered && failure.isRefused) this.#unclosed.push({ fd, place });
    }
  }

  #closeRest(): void {
    const isBack = ({ place }: ClosableFile): boolean => !this.#places.isSilent(place);
    const back = this.#unclosed.filter(isBack);
    this.#unclosed = this.#unclosed.filter((file) => !back.includes(file));
    for (const file of back) void this.close(file);
  }

  #ended(thread: FileThread, failure: unknown): void {
    thread.end();
    this.#busy.delete(thread);
    const place = this.#stuck.get(thread);
    if (place !== undefined) this.#places.cameBack(place);
    else thread.call?.reject(failure);
    this.#stuck.delete(thread);
    const idle = this.#idle.indexOf(thread);
    if (idle !== -1) this.#idle.splice(idle, 1);
    this.#pump();
  }

  /** Checks the threads while one is busy. */
  #watch(): void {
    if (this.#busy.size === 0) {
      this.#stopLooking?.();
      this.#stopLooking = null;
      // All remaining threads hang.
      for (const call of this.#queue) this.#refuse(call);
      return;
    }
    if (this.#stopLooking !== null) return;
    this.#lastLook = systemClock.monotonic();
    this.#stopLooking = every(LOOK_MS, () => this.#look());
  }

  #look(): void {
    const at = systemClock.monotonic();
    // A stopped process or a sleeping machine is not a hanging drive.
    const passed = Math.min(at - this.#lastLook, 2 * LOOK_MS);
    this.#lastLook = at;
    for (const thread of this.#busy) if (thread.isOver(this.#answerWithinMs, passed)) this.#giveUp(thread);
    this.#pump();
  }

  #giveUp(thread: FileThread): void {
    const { call, place } = thread;
    this.#busy.delete(thread);
    this.#stuck.set(thread, place);
    this.#places.add(place, systemClock.monotonic());
    thread.giveUp();
    call?.reject(new Unanswered(place, false));
  }

  #planEnd(): void {
    this.#cancelEnd?.();
    this.#cancelEnd = afterIfAlive(IDLE_MS, () => {
      for (const thread of this.#idle.splice(0)) thread.end();
    });
  }
}

function errorOf({ code, message, path }: FileFailure): Error {
  return Object.assign(new Error(message), code === null ? {} : { code }, path === null ? {} : { path });
}
