import { listWords } from '../../../contract/formats.ts';
import type { RecipeId, RunId } from '../../../contract/views.ts';
import { assembleArgs, isUploaded } from '../../model/assemble.ts';
import { assertUnchanged } from '../../user-files/unchanged.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { Job } from '../../omnitool/schemas.ts';
import type { OmnitoolServer, RunSession } from '../../omnitool/server.ts';
import { startBody } from '../../omnitool/start-body.ts';
import type { StoredFile } from '../../omnitool/upload.ts';
import { blockName, isOn } from '../../model/blocks.ts';
import { isIn, type Run, type RunIn, type RunInput } from '../../model/run.ts';
import type { JobNews, Stage } from '../stage.ts';
import { decideAfterSending, decideAfterStarting, type Decision } from '../failure-policy.ts';
import { asStored } from '../live-runs.ts';

/** An upload is used again while the server keeps it for at least this long, in ms (it keeps 7 days, wire 5). */
const UPLOAD_MARGIN_MS = 60 * 60 * 1_000;

/** How long a refused start waits for its reason, in ms. */
const LONGEST_REASON_MS = 4_000;
/** Missing blocks that are named; the first few show which extension is missing. */
const MOST_NAMED = 5;

/** What a start needs when its run is stored as `starting`. */
interface Ready {
  readonly server: OmnitoolServer;
  readonly session: RunSession;
  /** The jobs of this user just before the start. */
  readonly jobsBefore: readonly string[];
  /** The event stream is open, so that no event of the job is missed. */
  readonly isHeard: boolean;
  readonly body: Buffer;
}

/** How far the uploads of a run are. */
interface Sending {
  /** The file that is being uploaded. */
  file: RunInput | null;
  /** The last upload, which is stored together with the move that follows at once. */
  unstored: { readonly position: number; readonly file: StoredFile } | null;
  /** Nothing but the uploads is left to do before the start. */
  isReady: boolean;
}

/** Takes a run from its files on this machine to a job. Each transition is stored before its side effect. */
export class Sender {
  readonly #stage: Stage;
  readonly #news: JobNews;

  constructor(stage: Stage, news: JobNews) {
    this.#stage = stage;
    this.#news = news;
  }

  /** The next step of a run that is not sent yet (RunProcessor). */
  async step(run: Run, signal: AbortSignal): Promise<Run | null> {
    const { store } = this.#stage;
    if (run.stopRequested && isIn(run, 'queued', 'waiting', 'uploading')) return store.move(run, 'stopped');
    if (isIn(run, 'queued')) return store.move(run, 'uploading');
    return isIn(run, 'uploading') ? this.#send(run, signal) : null;
  }

  /**
   * Uploads the files that the recipe uses and the server lacks, then starts the run. It is stored as `starting` when
   * only the request itself is left, so that an earlier failure is known to be one of this machine.
   */
  async #send(run: RunIn<'uploading'>, signal: AbortSignal): Promise<Run> {
    const files = run.inputs.filter((input) => input.path !== null && isUploaded(input, run.takes));
    const sending: Sending = { file: null, unstored: null, isReady: false };
    let ready: Ready;
    try {
      ready = await this.#prepare(run, files, sending, signal);
    } catch (failure) {
      this.#noteUpload(run, sending);
      if (signal.aborted) return this.#cutShort(run);
      this.#report(run, failure);
      return this.#settle(asStored(this.#stage.store, run), decideAfterSending(failure, sending.file));
    }
    const { store } = this.#stage;
    const now = asStored(store, run);
    if (signal.aborted || now.stopRequested) {
      this.#noteUpload(run, sending);
      return this.#cutShort(run);
    }
    const { jobsBefore } = ready;
    const starting = store.move(now, 'starting', { jobsBefore }, () => this.#noteUpload(run, sending));
    return this.#start({ ...starting, state: 'starting' }, ready);
  }

  /** Does all that can fail before the server is asked to start. */
  async #prepare(
    run: RunIn<'uploading'>,
    files: readonly RunInput[],
    sending: Sending,
    signal: AbortSignal,
  ): Promise<Ready> {
    const server = await this.#stage.servers.serverFor(run.profileId);
    // In parallel with the uploads, to save time.
    const made = this.#makeReady(run, server, signal);
    made.then(
      () => (sending.isReady = true),
      () => undefined,
    );
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    /** A file can fill two fields of a form: it is uploaded once. */
    const sentFiles = new Map<string | null, StoredFile>();
    for (const file of files) {
      sending.file = file;
      const sentBefore = before;
      const stored =
        sentFiles.get(file.path) ??
        (await this.#uploadOne(server, file, signal, (sent) => this.#uploaded(run.id, sentBefore + sent, total)));
      if (stored !== null) sentFiles.set(file.path, stored);
      if (stored !== null) sending.unstored = { position: file.position, file: stored };
      // The start may take a while: an upload that is known to the server only would be made again after a crash.
      if (file !== files.at(-1) || !sending.isReady) this.#noteUpload(run, sending);
      before += file.size;
      this.#uploaded(run.id, before, total);
    }
    sending.file = null;
    const inputs = withUpload(asStored(this.#stage.store, run).inputs, sending);
    const body = startBody(run.recipeId, assembleArgs({ ...run, inputs }));
    const ready = { server, body, ...(await made) };
    this.#stage.servers.report(run.profileId, null);
    return ready;
  }

  #noteUpload(run: Run, sending: Sending): void {
    const { unstored } = sending;
    sending.unstored = null;
    if (unstored !== null) this.#stage.notes.uploaded(run.id, unstored.position, unstored.file);
  }

  #uploaded(runId: RunId, sent: number, total: number): void {
    this.#stage.events.emit('upload', { runId, upload: { sent, total } });
  }

  /** Keeps the run's own session, and reads this user's jobs before the start, so that a new one can be recognized. */
  async #makeReady(
    run: Run,
    server: OmnitoolServer,
    signal: AbortSignal,
  ): Promise<Pick<Ready, 'session' | 'jobsBefore' | 'isHeard'>> {
    const [{ session, jobs }, isHeard] = await Promise.all([
      this.#sessionOf(run.id, server, signal),
      this.#news.ready(run.profileId),
    ]);
    const user = this.#stage.servers.userOf(run.profileId);
    return {
      session,
      isHeard,
      jobsBefore: jobs.filter((job) => user === null || job.user === user).map(({ id }) => id),
    };
  }

  /**
   * A session for this run alone, because chat messages go to the session that started the job (wire 9.4), and the jobs
   * on the server: the request that opens a session lists them. A session of an earlier token is not used: it would keep
   * that token's rights (wire 1).
   */
  async #sessionOf(
    runId: RunId,
    server: OmnitoolServer,
    signal: AbortSignal,
  ): Promise<{ readonly session: RunSession; readonly jobs: readonly Job[] }> {
    const known = this.#stage.sessions.known(runId);
    if (known !== null && server.isCurrent(known)) return { session: known, jobs: await server.listJobs(signal) };
    const opened = await server.openRunSession(signal);
    await this.#stage.sessions.keep(runId, opened.session);
    return opened;
  }

  /** Null when the server has the file already. */
  async #uploadOne(
    server: OmnitoolServer,
    file: RunInput,
    signal: AbortSignal,
    onSent: (sent: number) => void,
  ): Promise<StoredFile | null> {
    const { clock } = this.#stage;
    if (file.path === null) return null;
    const { fid } = file;
    const isKept = fid !== null && (file.fidExpires ?? 0) > clock.now() + UPLOAD_MARGIN_MS;
    if (isKept && (await server.hasFile(fid, signal))) return null;
    signal.throwIfAborted();
    await assertUnchanged(file.path, file);
    const stored = await server.upload(
      { path: file.path, name: file.name, size: file.size },
      { onProgress: onSent, signal },
    );
    await assertUnchanged(file.path, file);
    return stored;
  }

  /**
   * Makes the one call that costs money. The run is stored as `starting` before, so that the next program start sees a
   * crash in here and never sends the run again.
   */
  async #start(run: RunIn<'starting'>, { server, session, jobsBefore, isHeard, body }: Ready): Promise<Run> {
    const { store, servers, sessions, clock } = this.#stage;
    let started: Awaited<ReturnType<OmnitoolServer['start']>>;
    try {
      started = await server.start(session, body);
    } catch (failure) {
      this.#report(run, failure);
      const decision = await explained(decideAfterStarting(failure), run, server);
      const settled = await this.#stored(run, () => this.#settle(asStored(store, run), decision));
      if (!(failure instanceof OmnitoolError)) throw failure;
      return settled;
    }
    const startedAt = clock.now();
    // Stored first: without its job id on disk, a run stays unconfirmed after a crash.
    const { jobId, session: used } = started;
    // The answer belongs to another start, so the answer to this one is lost.
    if (jobsBefore.includes(jobId) || store.jobsOfRuns(run.profileId, [jobId]).length > 0)
      return this.#stored(run, () => this.#settle(asStored(store, run), { is: 'unconfirmed' }));
    const facts = { jobId, startedAt, ...(isHeard ? { blocksSeen: [] } : {}) };
    const running = await this.#stored(run, () => store.move(asStored(store, run), 'running', facts));
    servers.report(run.profileId, null);
    // The server had forgotten the session and made another, which receives the chat messages (wire 1).
    if (used !== session) await sessions.keep(run.id, used);
    return running;
  }

  /** Only this process knows the result of the start, so it is written as soon as the database allows. */
  async #stored(run: Run, write: () => Run): Promise<Run> {
    let stored = run;
    await this.#write(run.id, () => {
      stored = write();
    });
    return stored;
  }

  #write(id: RunId, work: () => void): Promise<void> {
    return this.#stage.writes.writeEventually(`start ${id}`, work, () => [id]);
  }

  /** After a stop. At the end of the program the row stays as it is, and the next start continues from it. */
  #cutShort(run: RunIn<'uploading'>): Run {
    const now = asStored(this.#stage.store, run);
    return now.stopRequested ? this.#stage.store.move(now, 'stopped') : now;
  }

  #report(run: Run, failure: unknown): void {
    if (failure instanceof OmnitoolError) this.#stage.servers.report(run.profileId, failure);
  }

  #settle(run: RunIn<'uploading' | 'starting'>, decision: Decision): Run {
    const { store, events } = this.#stage;
    switch (decision.is) {
      case 'wait':
        if (decision.afterMs !== null)
          events.emit('needs-retry', { profileId: run.profileId, afterMs: decision.afterMs });
        return store.move(run, 'waiting', { reason: decision.reason, reasonDetail: decision.detail });
      case 'fail':
        return store.move(run, 'failed', { reason: decision.reason, reasonDetail: decision.detail });
      case 'unconfirmed':
        if (run.state === 'starting')
          return store.move({ ...run, state: 'starting' }, 'unconfirmed', { reason: 'answer-lost' });
        throw new Error('Only a start can be unconfirmed.');
    }
  }
}

const withUpload = (inputs: readonly RunInput[], { unstored }: Sending): readonly RunInput[] =>
  inputs.map((input) => (input.position === unstored?.position ? { ...input, fid: unstored.file.fid } : input));

/** Omnitool refuses a start without a reason; missing blocks are a reason that can be found out. */
async function explained(decision: Decision, run: Run, server: OmnitoolServer): Promise<Decision> {
  if (decision.is !== 'fail' || decision.reason !== 'start-refused') return decision;
  const missing = await missingBlocks(server, run.recipeId);
  return missing.length === 0 ? decision : { is: 'fail', reason: 'blocks-missing', detail: listWords(missing) };
}

/** Names of recipe blocks that are not installed: a start with two of them is refused (wire 4). Empty when unknown. */
async function missingBlocks(server: OmnitoolServer, recipeId: RecipeId): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(LONGEST_REASON_MS);
  try {
    const [recipe, installed] = await Promise.all([
      server.loadRecipe(recipeId, signal),
      server.installedBlocks(signal),
    ]);
    if (recipe === null || installed.length === 0) return [];
    const known = new Set(installed);
    const missing = recipe.nodes.filter((node) => isOn(node) && !known.has(node.name));
    return [...new Set(missing.map(blockName))].slice(0, MOST_NAMED);
  } catch (failure) {
    if (failure instanceof OmnitoolError) return [];
    throw failure;
  }
}
