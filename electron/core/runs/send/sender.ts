import { listWords } from '../../../contract/formats.ts';
import type { ProfileId, RunId } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import { assembleArgs, isUploaded } from '../../model/assemble.ts';
import { assertUnchanged } from '../../user-files/unchanged.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { OmnitoolServer, RunSession } from '../../omnitool/server.ts';
import { startBody } from '../../omnitool/start-body.ts';
import type { RunStore } from '../../store/run-store.ts';
import { missingBlocks } from './missing-blocks.ts';
import type { Run, RunIn, RunInput } from '../../model/run.ts';
import type { RunSessions } from '../run-sessions.ts';
import type { Servers } from '../../model/servers.ts';
import type { Decision } from '../failure-policy.ts';
import { decideAfterSending, decideAfterStarting } from '../failure-policy.ts';

/** An upload is used again only while the server keeps it for at least this much longer, in ms (it keeps 7 days, wire 5). */
const UPLOAD_MARGIN_MS = 60 * 60 * 1_000;

export interface SenderPorts {
  readonly store: RunStore;
  readonly servers: Servers;
  readonly sessions: RunSessions;
  readonly clock: Clock;
  /** Bytes sent so far of all that the run sends. */
  progress(runId: RunId, sent: number, total: number): void;
  /** Resolves once news of the profile's jobs is heard, or soon; and whether it is. */
  listening(profileId: ProfileId): Promise<boolean>;
  /** The server asked to be left alone for so many ms. */
  rest(profileId: ProfileId, ms: number): void;
  /** Does work on the database about a run; resolves once it could be written (WriteRetry). */
  insist(id: RunId, work: () => void): Promise<void>;
}

/** What is at hand when a run is stored as `starting`. */
interface Ready {
  readonly server: OmnitoolServer;
  readonly session: RunSession;
  /** The jobs of this user just before. */
  readonly jobsBefore: readonly string[];
  /** The first news of the job will be heard. */
  readonly isHeard: boolean;
  readonly body: Buffer;
}

/** Takes a run from its files on this machine to a job on the server. Every arrow is stored before its side effect. */
export class Sender {
  readonly #ports: SenderPorts;

  constructor(ports: SenderPorts) {
    this.#ports = ports;
  }

  /**
   * Uploads what the recipe will use and is not on the server, then starts it. The run is stored as `starting` when
   * nothing is left to do but the request itself: what fails before that, fails on this side and is told so.
   */
  async send(run: RunIn<'uploading'>, signal: AbortSignal): Promise<Run> {
    const files = run.inputs.filter((input) => input.path !== null && isUploaded(input, run.takes));
    const current: { file: RunInput | null } = { file: null };
    let ready: Ready;
    try {
      ready = await this.#prepare(run, files, current, signal);
    } catch (failure) {
      if (signal.aborted) return this.#cutShort(run);
      this.#report(run, failure);
      return this.#settle(this.#fresh(run), decideAfterSending(failure, current.file));
    }
    const { store } = this.#ports;
    const now = this.#fresh(run);
    if (signal.aborted || now.stopRequested) return this.#cutShort(run);
    const starting = store.move(now, 'starting', { jobsBefore: ready.jobsBefore });
    return this.#start({ ...starting, state: 'starting' }, ready);
  }

  /** Everything that a start needs and that can fail without the server having been asked to start. */
  async #prepare(
    run: RunIn<'uploading'>,
    files: readonly RunInput[],
    current: { file: RunInput | null },
    signal: AbortSignal,
  ): Promise<Ready> {
    const server = await this.#ports.servers.serverFor(run.profileId);
    // Beside the files on their way, so that the start need not wait for it.
    const made = this.#makeReady(run, server, signal);
    made.catch(() => undefined);
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    for (const file of files) {
      current.file = file;
      const sentBefore = before;
      await this.#uploadOne(server, run, file, signal, (sent) =>
        this.#ports.progress(run.id, sentBefore + sent, total),
      );
      before += file.size;
      this.#ports.progress(run.id, before, total);
    }
    current.file = null;
    const { inputs } = this.#fresh(run);
    const body = startBody(run.recipeId, assembleArgs(inputs, run.message, run.takes));
    const ready = { server, body, ...(await made) };
    this.#ports.servers.report(run.profileId, null);
    return ready;
  }

  /** The run's own session, kept; and this user's jobs as they are before the start, to tell a new one from. */
  async #makeReady(
    run: Run,
    server: OmnitoolServer,
    signal: AbortSignal,
  ): Promise<Pick<Ready, 'session' | 'jobsBefore' | 'isHeard'>> {
    const [jobs, session, isHeard] = await Promise.all([
      server.listJobs(signal),
      this.#sessionOf(run.id, server, signal),
      this.#ports.listening(run.profileId),
    ]);
    const user = this.#ports.servers.userOf(run.profileId);
    return {
      session,
      isHeard,
      jobsBefore: jobs.filter((job) => user === null || job.user === user).map(({ id }) => id),
    };
  }

  /**
   * A session of the run's own: what a recipe says in chat goes to the session that started it (wire 9.4). One made with
   * an earlier token is not used: it would keep that token's rights (wire 1).
   */
  async #sessionOf(runId: RunId, server: OmnitoolServer, signal: AbortSignal): Promise<RunSession> {
    const known = this.#ports.sessions.known(runId);
    if (known !== null && server.isCurrent(known)) return known;
    const session = await server.openRunSession(signal);
    await this.#ports.sessions.keep(runId, session);
    return session;
  }

  async #uploadOne(
    server: OmnitoolServer,
    run: Run,
    file: RunInput,
    signal: AbortSignal,
    onSent: (sent: number) => void,
  ): Promise<void> {
    const { store, clock } = this.#ports;
    if (file.path === null) return;
    const { fid } = file;
    const isKept = fid !== null && (file.fidExpires ?? 0) > clock.now() + UPLOAD_MARGIN_MS;
    if (isKept && (await server.hasFile(fid, signal))) return;
    signal.throwIfAborted();
    await assertUnchanged(file.path, file);
    const stored = await server.upload(
      { path: file.path, name: file.name, size: file.size },
      { onProgress: onSent, signal },
    );
    await assertUnchanged(file.path, file);
    store.recordUpload(run.id, file.position, stored);
  }

  /**
   * The one call that costs money. The run is stored as `starting` before this is called, so a crash in here is seen
   * at the next start and never sent again.
   */
  async #start(run: RunIn<'starting'>, { server, session, jobsBefore, isHeard, body }: Ready): Promise<Run> {
    const { store, servers, sessions, clock } = this.#ports;
    let started: Awaited<ReturnType<OmnitoolServer['start']>>;
    try {
      started = await server.start(session, body);
    } catch (failure) {
      this.#report(run, failure);
      const trouble = await explained(decideAfterStarting(failure), run, server);
      const settled = await this.#stored(run, () => this.#settle(this.#fresh(run), trouble));
      if (!(failure instanceof OmnitoolError)) throw failure;
      return settled;
    }
    const startedAt = clock.now();
    // Before all else: a job whose id is not on disk is a run nobody can ever be sure of.
    const { jobId, session: used } = started;
    // The answer to another start: whatever gave it, this one's is lost.
    if (jobsBefore.includes(jobId) || store.jobIds(run.profileId).includes(jobId))
      return this.#stored(run, () => this.#settle(this.#fresh(run), { is: 'unconfirmed' }));
    const running = await this.#stored(run, () => store.move(this.#fresh(run), 'running', { jobId, startedAt }));
    if (isHeard) await this.#ports.insist(run.id, () => store.noteBlocks(run.id, []));
    servers.report(run.profileId, null);
    // The server knew the session no more and made another: what the recipe says goes there (wire 1).
    if (used !== session) await sessions.keep(run.id, used);
    return running;
  }

  /** What became of a start is known only here: it is kept until the database can be written. */
  async #stored(run: Run, write: () => Run): Promise<Run> {
    let stored = run;
    await this.#ports.insist(run.id, () => {
      stored = write();
    });
    return stored;
  }

  /** By a stop, or by the end of the program: then the row is left as it is, and the next start goes on from it. */
  #cutShort(run: RunIn<'uploading'>): Run {
    const now = this.#fresh(run);
    return now.stopRequested ? this.#ports.store.move(now, 'stopped') : now;
  }

  #report(run: Run, failure: unknown): void {
    if (failure instanceof OmnitoolError) this.#ports.servers.report(run.profileId, failure);
  }

  #settle(run: RunIn<'uploading' | 'starting'>, trouble: Decision): Run {
    const { store } = this.#ports;
    switch (trouble.is) {
      case 'wait':
        if (trouble.afterMs !== null) this.#ports.rest(run.profileId, trouble.afterMs);
        return store.move(run, 'waiting', { reason: trouble.reason, reasonDetail: trouble.detail });
      case 'fail':
        return store.move(run, 'failed', { reason: trouble.reason, reasonDetail: trouble.detail });
      case 'unconfirmed':
        if (run.state === 'starting')
          return store.move({ ...run, state: 'starting' }, 'unconfirmed', { reason: 'answer-lost' });
        throw new Error('Only a start can be unconfirmed.');
    }
  }

  /** The run as stored now: a stop may have been asked for meanwhile. */
  #fresh<State extends Run['state']>(run: RunIn<State>): RunIn<State> {
    const found = this.#ports.store.find(run.id);
    return { ...run, ...found, state: run.state };
  }
}

/** The server refuses a start without a reason; missing blocks are one that can be found out. */
async function explained(trouble: Decision, run: Run, server: OmnitoolServer): Promise<Decision> {
  if (trouble.is !== 'fail' || trouble.reason !== 'start-refused') return trouble;
  const missing = await missingBlocks(server, run.recipeId);
  return missing.length === 0 ? trouble : { is: 'fail', reason: 'blocks-missing', detail: listWords(missing) };
}
