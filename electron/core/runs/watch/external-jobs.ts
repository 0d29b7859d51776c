import { createHash } from 'node:crypto';
import type { ElsewhereId, ElsewhereRunView, ProfileId } from '../../../contract/views.ts';
import { AppError } from '../../base/coded-error.ts';
import type { Clock } from '../../base/clock.ts';
import { Listeners } from '../../base/emitter.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { BlockNames } from '../../model/block-names.ts';
import { readableFailures } from '../../model/block-names.ts';
import type { JobSnapshot } from './job-registry.ts';
import { isOver } from './job-registry.ts';
import { progressOf } from './job-tracker.ts';
import { externalRun } from '../../model/external-run.ts';
import type { JobOutcome, Run, RunIn } from '../../model/run.ts';
import type { Servers } from '../../model/servers.ts';

/** News of a job of our own may come before its id is stored (wire 9.2), here or by the terminal. */
const MAYBE_OURS_MS = 1_500;
/** The server lists an ended job for so long (wire 6); after that it is no news to anybody. */
const SHOWN_MS = 20 * 60_000;
const MOST_SHOWN = 50;
/** Changes of a job that is shown are told this often at most, in ms. */
const TELL_MS = 200;

export interface ElsewherePorts {
  readonly store: RunStore;
  readonly servers: Servers;
  readonly names: BlockNames;
  readonly clock: Clock;
  readonly owner: string;
  /** Has its result fetched. */
  carry(run: RunIn<'collecting'>): void;
  /** What a profile is called and where it is; null when it was forgotten. */
  profile(profileId: ProfileId): { readonly name: string; readonly address: string } | null;
}

interface Found {
  readonly id: ElsewhereId;
  stand: JobSnapshot;
  endedAt: number | null;
  isShown: boolean;
}

/** Jobs of the same user that this machine did not start: from Omnitool's page, or from another machine. */
export class ExternalJobs {
  readonly #ports: ElsewherePorts;
  readonly #found = new Map<string, Found>();
  readonly #changes = new Listeners<readonly ElsewhereRunView[]>();
  readonly #ends = new Listeners<ElsewhereRunView>();
  readonly #timers = new Set<() => void>();
  #cancelTelling: (() => void) | null = null;

  constructor(ports: ElsewherePorts) {
    this.#ports = ports;
  }

  onChange(listener: (runs: readonly ElsewhereRunView[]) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Told once, when a job that was seen running has ended. */
  onEnd(listener: (run: ElsewhereRunView) => void): () => void {
    return this.#ends.add(listener);
  }

  /** Newest first. */
  list(): readonly ElsewhereRunView[] {
    const since = this.#ports.clock.now() - SHOWN_MS;
    return [...this.#found.values()]
      .filter(({ isShown, endedAt }) => isShown && (endedAt === null || endedAt > since))
      .map((found) => this.#view(found))
      .reverse();
  }

  hear(stand: JobSnapshot): void {
    const known = this.#found.get(stand.jobId);
    if (known === undefined) {
      this.#add(stand);
      return;
    }
    const justEnded = known.endedAt === null && isOver(stand.state);
    known.stand = stand;
    if (justEnded) known.endedAt = this.#ports.clock.now();
    if (!known.isShown) return;
    this.#tellSoon();
    if (justEnded) this.#ends.tell(this.#view(known));
  }

  /**
   * Brings an ended job here as a run of its own, to be fetched like any other.
   *
   * @throws AppError `not-found` when it is not known or has nothing to show; `run-under-way`; the server's failures
   */
  async open(id: ElsewhereId): Promise<Run> {
    const { store, servers, clock, owner } = this.#ports;
    const found = [...this.#found.values()].find((one) => one.id === id);
    const profile = found === undefined ? null : this.#ports.profile(found.stand.profileId);
    if (found === undefined || profile === null) throw new AppError('not-found', 'This run');
    const { stand } = found;
    if (found.endedAt === null) throw new AppError('run-under-way');
    const server = await servers.serverFor(stand.profileId);
    // Its chat went to somebody else's session; only what its output block gave can be had (wire 9.4).
    const results = await server.results(stand.jobId);
    if (results === null && stand.failures.length === 0) throw new AppError('nothing-elsewhere', stand.recipeName);
    const known = store.ofJob(stand.jobId);
    if (known !== null) return known;
    const run = externalRun(
      {
        profile: { id: stand.profileId, origin: profile.address, name: profile.name },
        jobId: stand.jobId,
        recipeId: stand.recipeId,
        recipeName: stand.recipeName,
        outcome: outcomeOf(stand),
        failures: this.#view(found).failures,
        seenAt: stand.firstHeardAt,
        owner,
      },
      clock.now(),
    );
    store.addFound(run);
    this.#ports.carry(run);
    this.#found.delete(stand.jobId);
    this.#changes.tell(this.list());
    return run;
  }

  close(): void {
    for (const cancel of this.#timers) cancel();
    this.#cancelTelling?.();
  }

  #add(stand: JobSnapshot): void {
    const { clock } = this.#ports;
    const endedAt = isOver(stand.state) ? clock.now() : null;
    this.#found.set(stand.jobId, { id: idOf(stand), stand, endedAt, isShown: false });
    const [oldest] = this.#found.keys();
    if (this.#found.size > MOST_SHOWN && oldest !== undefined) this.#found.delete(oldest);
    const cancel = clock.after(MAYBE_OURS_MS, () => {
      this.#timers.delete(cancel);
      this.#show(stand.jobId);
    });
    this.#timers.add(cancel);
  }

  /** News of a job comes many times a second, and tells of the whole list: what comes close together is told once. */
  #tellSoon(): void {
    this.#cancelTelling ??= this.#ports.clock.after(TELL_MS, () => {
      this.#cancelTelling = null;
      this.#changes.tell(this.list());
    });
  }

  #show(jobId: string): void {
    const found = this.#found.get(jobId);
    if (found === undefined) return;
    if (this.#ports.store.ofJob(jobId) !== null) {
      this.#found.delete(jobId);
      return;
    }
    found.isShown = true;
    this.#changes.tell(this.list());
    if (found.endedAt !== null) this.#ends.tell(this.#view(found));
  }

  #view({ id, stand, endedAt }: Found): ElsewhereRunView {
    const { names } = this.#ports;
    return {
      id,
      profileId: stand.profileId,
      serverName: this.#ports.profile(stand.profileId)?.name ?? '',
      recipeId: stand.recipeId,
      recipeName: stand.recipeName,
      state: stateOf(stand.state),
      seenAt: stand.firstHeardAt,
      endedAt,
      progress: endedAt === null ? progressOf(names, stand.profileId, stand, null) : null,
      failures: readableFailures(names, stand.profileId, stand.recipeId, stand.failures),
    };
  }
}

/** The same after a restart: a notification of the job can be clicked then (a UUID of version 8, RFC 9562). */
function idOf({ profileId, jobId }: JobSnapshot): ElsewhereId {
  const bytes = createHash('sha256')
    .update(JSON.stringify([profileId, jobId]))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function stateOf(state: string): ElsewhereRunView['state'] {
  switch (state) {
    case 'success':
      return 'succeeded';
    case 'error':
      return 'failed';
    case 'stopped':
      return 'stopped';
    case 'forceStop':
      return 'stopping';
    default:
      return 'running';
  }
}

const outcomeOf = ({ state }: JobSnapshot): JobOutcome => (isOver(state) ? state : 'unknown');
