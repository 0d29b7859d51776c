import type { ProfileId, RunId } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';
import { isForNow } from './collect/reconciler.ts';
import type { Run } from '../model/run.ts';
import type { SendQueue } from './send/send-queue.ts';
import type { Servers } from '../model/servers.ts';
import { WriteRetry } from './write-retry.ts';
import type { RetryScheduler } from './retry-scheduler.ts';

export interface MishapsPorts {
  readonly servers: Servers;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Told why a run does not go on where its row cannot tell it. */
  onStalled(runId: RunId, failure: unknown): void;
  /** What a stalled run is taken out of, and what it is tried again by. */
  parts(): { readonly queue: SendQueue; readonly waiting: RetryScheduler };
}

/** What goes wrong beside the life of a run, and what follows from it: told, logged, tried again; never dropped. */
export class Mishaps {
  readonly #ports: MishapsPorts;
  readonly #work: WriteRetry;
  #closed = false;

  constructor(ports: MishapsPorts) {
    this.#ports = ports;
    this.#work = new WriteRetry({
      clock: ports.clock,
      troubled: (runs, failure) => {
        ports.logger.warn('The database could not be written.', { runs: runs.length, failure });
        for (const id of runs) ports.onStalled(id, failure);
      },
      failed: (failure) => this.unforeseen('A run could not be looked after.', failure),
    });
  }

  /** Does work on the database that must not be forgotten (WriteRetry). */
  insist(key: string, work: () => void, about: () => readonly RunId[]): Promise<void> {
    return this.#work.writeEventually(key, work, about);
  }

  /** What went wrong with the server is the connection's to tell; what nobody foresaw is for the log. */
  note(profileId: ProfileId, failure: unknown, message: string, run: RunId | null = null): void {
    if (failure instanceof OmnitoolError) this.#ports.servers.report(profileId, failure);
    else if (!isForNow(failure)) this.unforeseen(message, failure, run);
  }

  unforeseen(message: string, failure: unknown, run: RunId | null = null): void {
    if (!this.#closed) this.#ports.logger.error(message, run === null ? { failure } : { run, failure });
  }

  /**
   * A run could not be carried on for a reason that its row does not tell. A database that cannot be written keeps all
   * of its profile from being sent; anything else keeps only this run, as the next may well go on.
   */
  stalled(run: Run, failure: unknown): void {
    const { queue, waiting } = this.#ports.parts();
    const reason = sqliteDiskCode(failure);
    if (reason === null) this.unforeseen('A run could not be carried on.', failure, run.id);
    else {
      this.#ports.logger.warn('The database could not be written.', { run: run.id, failure });
      queue.hold(run.profileId, { reason, detail: null });
    }
    this.#ports.onStalled(run.id, failure);
    waiting.plan(run.profileId);
  }

  close(): void {
    this.#closed = true;
    this.#work.close();
  }
}
