import type { ProfileId, RunId } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import type { SessionReader } from './session-reader.ts';
import { hasNoStream } from './session-reader.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { LiveRun, LiveRuns } from '../live-runs.ts';
import { isForNow } from './reconciler.ts';
import { isIn } from '../../model/run.ts';
import type { Servers } from '../../model/servers.ts';

/**
 * Sessions of one profile that are heard at a time. Each is a connection that server and client keep open; the default
 * is three runs at a time and the most that can be set is sixteen, so eight serve nearly everybody. The others are read
 * after their end: the server keeps for them what they say.
 */
const MOST_STREAMS = 8;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A stream that lasted this long was a good one: its end is not counted as one more failure. */
const GOOD_STREAM_MS = 60_000;

export interface SessionListenerPorts {
  readonly store: RunStore;
  readonly live: LiveRuns;
  readonly servers: Servers;
  readonly reader: SessionReader;
  readonly clock: Clock;
  readonly random: () => number;
  /** Ends with the program. */
  readonly signal: AbortSignal;
  /** Reports an unexpected error. Must not throw. */
  failed(failure: unknown, run: RunId): void;
}

interface Listening {
  readonly profileId: ProfileId;
  isOpen: boolean;
  /** Ends the pause before the next stream. */
  wake: () => void;
}

/**
 * Hears the sessions of running runs from their start on, so that what a recipe says is here as it says it. One stream a
 * run, held by the SessionReader, which takes it over when the job has ended. A stream that breaks is opened again.
 *
 * Nothing depends on it: what was not heard by the end of the job is read then.
 */
export class SessionListener {
  readonly #ports: SessionListenerPorts;
  readonly #listening = new Map<RunId, Listening>();
  #isSuspended = false;

  constructor(ports: SessionListenerPorts) {
    this.#ports = ports;
  }

  /** Runs of this profile are running, or no longer: as many as there is room for are heard, the oldest first. */
  follow(profileId: ProfileId): void {
    const { live, reader } = this.#ports;
    let room = this.#isOff() ? 0 : MOST_STREAMS - this.#openOf(profileId);
    if (room <= 0) return;
    for (const run of live.of(profileId, 'running')) {
      if (room === 0) return;
      if (this.#listening.has(run.id) || !reader.mayHear(run)) continue;
      room -= 1;
      this.#start(run);
    }
  }

  /** The run is no longer running. */
  finished({ id }: Pick<LiveRun, 'id'>): void {
    const listening = this.#listening.get(id);
    // Its stream is read to its end, and takes up its place until its connection is gone.
    if (listening?.isOpen === true) listening.wake();
    else this.#listening.delete(id);
  }

  /** The profile can be used (again): not a moment is waited for streams that are not open. */
  usable(profileId: ProfileId): void {
    for (const listening of this.#listening.values()) if (listening.profileId === profileId) listening.wake();
    this.follow(profileId);
  }

  /** The machine goes to sleep: no stream survives that. */
  suspend(): void {
    this.#isSuspended = true;
    for (const { wake } of this.#listening.values()) wake();
    this.#listening.clear();
    this.#ports.reader.hangUp();
  }

  resume(): void {
    this.#isSuspended = false;
    for (const profileId of new Set(this.#ports.live.in('running').map((run) => run.profileId))) this.follow(profileId);
  }

  #openOf(profileId: ProfileId): number {
    return [...this.#listening.values()].filter((each) => each.isOpen && each.profileId === profileId).length;
  }

  #start({ id, profileId }: LiveRun): void {
    const listening: Listening = { profileId, isOpen: true, wake: () => undefined };
    this.#listening.set(id, listening);
    this.#listen(id, listening)
      .catch((failure: unknown) => this.#ports.failed(failure, id))
      .finally(() => {
        listening.isOpen = false;
        if (this.#listening.get(id) === listening && this.#ports.live.get(id)?.state !== 'running')
          this.#listening.delete(id);
        this.follow(profileId);
      });
  }

  async #listen(id: RunId, listening: Listening): Promise<void> {
    const { clock, random } = this.#ports;
    for (let failures = 0; this.#isWanted(id, listening);) {
      const openedAt = clock.now();
      if (!(await this.#oneStream(id, listening.profileId))) return;
      if (!this.#isWanted(id, listening)) return;
      failures = clock.now() - openedAt >= GOOD_STREAM_MS ? 1 : failures + 1;
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS) * (1 + random() / 4);
      await this.#pause(listening, pause);
    }
  }

  /** Answers whether the session may have more to tell to another stream. */
  async #oneStream(id: RunId, profileId: ProfileId): Promise<boolean> {
    const { store, servers, reader, signal } = this.#ports;
    try {
      const server = await servers.serverFor(profileId);
      const run = signal.aborted ? null : store.find(id);
      return run !== null && isIn(run, 'running') && (await reader.follow(run, server, signal));
    } catch (failure) {
      // Whether the server is away is found out, and told, by the calls that matter.
      if (!isForNow(failure)) throw failure;
      return !hasNoStream(failure);
    }
  }

  #pause(listening: Listening, ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const cancel = this.#ports.clock.after(ms, () => resolve(undefined));
    listening.wake = () => {
      cancel();
      resolve(undefined);
    };
    return promise;
  }

  #isWanted(id: RunId, listening: Listening): boolean {
    const isRunning = this.#ports.live.get(id)?.state === 'running';
    return isRunning && !this.#isOff() && this.#listening.get(id) === listening;
  }

  #isOff(): boolean {
    return this.#isSuspended || this.#ports.signal.aborted;
  }
}
