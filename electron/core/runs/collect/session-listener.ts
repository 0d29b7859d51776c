import type { ProfileId, RunId } from '../../../contract/views.ts';
import { StreamBackOff } from '../stream-back-off.ts';
import { hasNoStream, type SessionReader } from './session-reader.ts';
import type { LiveRun } from '../live-runs.ts';
import type { Stage } from '../stage.ts';
import { isForNow } from './reconciler.ts';
import { isIn } from '../../model/run.ts';

/**
 * Sessions of one profile that are followed at the same time: each is an open connection. Three runs at a time are the
 * default and sixteen the most, so eight are nearly always enough. The server keeps the messages of the others.
 */
const MOST_STREAMS = 8;

interface Listening {
  readonly profileId: ProfileId;
  isOpen: boolean;
  /** Ends the pause before the next stream. */
  wake: () => void;
}

/**
 * Follows the sessions of running runs from their start, so that chat messages are shown as they come. The
 * SessionReader holds the one stream of a run, and uses it after the end of the job. A broken stream is opened again.
 *
 * Messages that are missed here are read after the end of the job.
 */
export class SessionListener {
  readonly #stage: Stage;
  readonly #reader: SessionReader;
  readonly #listening = new Map<RunId, Listening>();
  #isSuspended = false;

  constructor(stage: Stage, reader: SessionReader) {
    this.#stage = stage;
    this.#reader = reader;
  }

  /** Follows the running runs of a profile, the oldest first, as many as there is room for. */
  follow(profileId: ProfileId): void {
    const { live, recipes } = this.#stage;
    let room = this.#isOff() ? 0 : MOST_STREAMS - this.#openOf(profileId);
    if (room <= 0) return;
    for (const run of live.of(profileId, 'running')) {
      if (room === 0) return;
      if (this.#listening.has(run.id) || !recipes.mayChat(run)) continue;
      room -= 1;
      this.#start(run);
    }
  }

  /** The run is no longer running. */
  finished({ id }: Pick<LiveRun, 'id'>): void {
    const listening = this.#listening.get(id);
    // Its stream is read to the end, and counts until its connection is closed.
    if (listening?.isOpen === true) listening.wake();
    else this.#listening.delete(id);
  }

  /** The profile can be used (again): ends the pauses before the next attempts. */
  usable(profileId: ProfileId): void {
    for (const listening of this.#listening.values()) if (listening.profileId === profileId) listening.wake();
    this.follow(profileId);
  }

  /** Closes all streams before the machine sleeps: they would not survive that. */
  suspend(): void {
    this.#isSuspended = true;
    for (const { wake } of this.#listening.values()) wake();
    this.#listening.clear();
    this.#reader.hangUp();
  }

  resume(): void {
    this.#isSuspended = false;
    for (const profileId of new Set(this.#stage.live.in('running').map((run) => run.profileId))) this.follow(profileId);
  }

  #openOf(profileId: ProfileId): number {
    return [...this.#listening.values()].filter((each) => each.isOpen && each.profileId === profileId).length;
  }

  #start({ id, profileId }: LiveRun): void {
    const listening: Listening = { profileId, isOpen: true, wake: () => undefined };
    this.#listening.set(id, listening);
    this.#listen(id, listening)
      .catch((failure: unknown) =>
        this.#stage.events.emit('failed', { message: 'A session could not be read.', failure, runId: id }),
      )
      .finally(() => {
        listening.isOpen = false;
        if (this.#listening.get(id) === listening && this.#stage.live.get(id)?.state !== 'running')
          this.#listening.delete(id);
        this.follow(profileId);
      });
  }

  async #listen(id: RunId, listening: Listening): Promise<void> {
    const { clock, random } = this.#stage;
    const backOff = new StreamBackOff();
    while (this.#isWanted(id, listening)) {
      const openedAt = clock.now();
      if (!(await this.#oneStream(id, listening.profileId))) return;
      if (!this.#isWanted(id, listening)) return;
      await this.#pause(listening, backOff.pauseAfter(clock.now() - openedAt, random()));
    }
  }

  /** Whether another stream of the session may receive more. */
  async #oneStream(id: RunId, profileId: ProfileId): Promise<boolean> {
    const { store, servers, signal } = this.#stage;
    try {
      const server = await servers.serverFor(profileId);
      const run = signal.aborted ? null : store.find(id);
      return run !== null && isIn(run, 'running') && (await this.#reader.follow(run, server, signal));
    } catch (failure) {
      // The other calls find out and report whether the server is away.
      if (!isForNow(failure)) throw failure;
      return !hasNoStream(failure);
    }
  }

  #pause(listening: Listening, ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const cancel = this.#stage.clock.after(ms, () => resolve(undefined));
    listening.wake = () => {
      cancel();
      resolve(undefined);
    };
    return promise;
  }

  #isWanted(id: RunId, listening: Listening): boolean {
    const isRunning = this.#stage.live.get(id)?.state === 'running';
    return isRunning && !this.#isOff() && this.#listening.get(id) === listening;
  }

  #isOff(): boolean {
    return this.#isSuspended || this.#stage.signal.aborted;
  }
}
