import { CookieJar } from 'tough-cookie';
import { MAX_BYTES } from '../../contract/limits.ts';
import { MEBIBYTE, type SmallCall } from './ask.ts';
import { installedBlocks } from './components.ts';
import { download, type Downloaded, type DownloadOptions } from './download.ts';
import { OmnitoolError } from './errors.ts';
import type { EventStream, ListenOptions, SessionStream } from './event-stream.ts';
import { SILENCE_LIMIT_MS, EVENTS_ROUTE, openEventStream } from './event-stream.ts';
import { listKeptFiles, type KeptFiles } from './file-manager.ts';
import { fileRecord } from './file-record.ts';
import { Http, type Call, type HttpOptions, type Reply } from './http.ts';
import { fetchPicture } from './picture.ts';
import { listRecipes, loadRecipe } from './recipes.ts';
import { type ListingWay, type RecipeList } from './recipe-list.ts';
import { readPart, readReply, saysNotFound } from './replies.ts';
import { jobsReply, resultsReply, startReply, type FileRecord, type Job, type JobResults } from './schemas.ts';
import { type Recipe } from './recipe-schema.ts';
import { cookieOf, isRefused, isSendable, jarOf, Session, type Credentials, type RunSession } from './session.ts';
import { EXEC } from './start-body.ts';
import { readUpload, uploadBody, type StoredFile, type UploadOptions, type UploadSource } from './upload.ts';
import { unlessAborted } from './unless-aborted.ts';
import { statusFailure } from './failures.ts';

export type { EventStream, RunSession };

/** The server and the token to use. */
export interface ServerOptions extends HttpOptions {
  readonly token: string;
}

/** The route that lists jobs (wire 6). */
export const JOBS = '/api/v1/workflow/jobs';
const STOP = '/api/v1/workflow/stop';
/** The route of a job's result (wire 7). */
export const RESULTS = '/api/v1/workflow/results';

/** About 100 bytes a job (wire 6), so some 80,000 jobs. */
const MAX_JOBS_REPLY = 8 * MEBIBYTE;
/** Without files, but with texts and objects of any size (wire 7). */
const MAX_RESULTS_REPLY = 64 * MEBIBYTE;
/** Twenty thousand files with their records have about as many. */
const MOST_RESULT_VALUES = 300_000;
const MAX_SMALL_REPLY = MEBIBYTE;

/**
 * One server with one token. Every error is an OmnitoolError (a TypeError for a wrong argument). It logs nothing and
 * repeats nothing, with one exception: a call whose session was refused is sent once more in a new session, but a start
 * never is.
 */
export class OmnitoolServer {
  readonly origin: string;
  readonly #http: Http;
  readonly #session: Session;
  /** The token that a session was made with. */
  readonly #generations = new WeakMap<RunSession, number>();
  #credentials: Credentials;
  #listingWay: ListingWay = 'collection';

  constructor(options: ServerOptions) {
    this.origin = options.origin;
    this.#credentials = { token: sendable(options.token), generation: 0 };
    this.#http = new Http(options);
    this.#session = new Session({ credentials: () => this.#credentials, prime: (jar) => this.#prime(jar) });
  }

  /** From here on no cookie made with the old token is used: it would win over the new token (wire 0.2). */
  replaceToken(token: string): void {
    this.#credentials = { token: sendable(token), generation: this.#credentials.generation + 1 };
  }

  /**
   * Makes a new session with the current token, beside the one that all other calls share.
   *
   * @throws OmnitoolError `bad-reply` (detail `cookie`) when the server sends no session cookie, or one that cannot be
   * sent back
   */
  async openRunSession(signal?: AbortSignal): Promise<{ readonly session: RunSession; readonly jobs: readonly Job[] }> {
    const { generation } = this.#credentials;
    const jar = new CookieJar();
    const jobs = await this.#prime(jar, signal);
    const cookie = cookieOf(jar, this.origin);
    if (!isSendable(cookie))
      throw new OmnitoolError({ code: 'bad-reply', method: 'GET', path: JOBS, sent: 'answered', detail: 'cookie' });
    return { session: this.#runSession(cookie, generation), jobs };
  }

  /**
   * Whether this client made the session with the current token. A session of an old token keeps that token's rights
   * (wire 1): it may listen, but not start a run.
   */
  isCurrent(session: RunSession): boolean {
    return this.#generations.get(session) === this.#credentials.generation;
  }

  /** The jobs of all users, ended ones for 20 minutes; none after a restart of the server (wire 6). */
  async listJobs(signal?: AbortSignal): Promise<readonly Job[]> {
    return readReply(
      await this.#ask({ method: 'GET', path: JOBS, route: JOBS, maxReply: MAX_JOBS_REPLY, signal }),
      jobsReply,
    ).jobs;
  }

  /**
   * Starts a recipe: the one call that must not happen twice. On an error look at `sent`: `no` can be started again,
   * `answered` was refused, `maybe` may be running. Any error other than an OmnitoolError comes before anything was
   * sent.
   *
   * Returns the session that the job runs in. It is the given one, unless the server no longer knew that session and
   * made another (wire 1): then only that one gets the job's events. Null when its cookie cannot be sent back.
   *
   * @param body as `startBody` makes it
   */
  async start(
    session: RunSession,
    body: Buffer,
    signal?: AbortSignal,
  ): Promise<{ readonly jobId: string; readonly session: RunSession }> {
    const { generation } = this.#credentials;
    const jar = jarOf(session, this.origin);
    const call: Call = {
      method: 'POST',
      path: EXEC,
      route: EXEC,
      headers: JSON_BODY,
      body,
      jar,
      response: this.#http.timeouts.start,
      connection: 'own',
      signal,
    };
    const { jobId } = readReply(await this.#send(call, MAX_SMALL_REPLY), startReply).result;
    const cookie = cookieOf(jar, this.origin);
    const isSame = [session.cookie, ''].includes(cookie) || !isSendable(cookie);
    return { jobId, session: isSame ? session : this.#runSession(cookie, generation) };
  }

  /**
   * Asks the server to stop one job. The job ends when its current block does; only `listJobs` tells.
   *
   * @throws TypeError for an empty id, before anything is sent: the server would stop every job of every user (wire 8)
   */
  async stop(jobId: string): Promise<void> {
    if (typeof jobId !== 'string' || jobId.trim() === '') throw new TypeError('A stop needs a job id.');
    const reply = await this.#ask({
      method: 'POST',
      path: STOP,
      route: STOP,
      json: { jobId },
      maxReply: MAX_SMALL_REPLY,
    });
    if (reply.status !== 200) throw statusFailure(reply);
  }

  /**
   * The result of a job; null when the server has none: not yet, never, or an unknown job. It cannot tell which (wire
   * 7).
   */
  async results(jobId: string): Promise<JobResults | null> {
    if (jobId === '') throw new TypeError('Results need a job id.');
    const reply = await this.#ask({
      method: 'GET',
      path: `${RESULTS}?jobId=${encodeURIComponent(jobId)}`,
      route: RESULTS,
      maxReply: MAX_RESULTS_REPLY,
    });
    if (saysNotFound(reply)) return null;
    // A result is sent once, so the greater part of it is better than none.
    const { value, isCut } = readPart(reply, resultsReply, MOST_RESULT_VALUES);
    return isCut ? { ...value, unkeptValues: value.unkeptValues + 1 } : value;
  }

  /** Lists recipes, first the way that gave the whole list last time (recipes.ts). */
  async listRecipes(signal?: AbortSignal): Promise<RecipeList> {
    const list = await listRecipes((question) => this.#ask(question), this.#listingWay, signal);
    // The block is not remembered as the way to use: it lists no public recipes.
    if (list.way !== 'block') this.#listingWay = list.way;
    return list;
  }

  /** Loads a recipe; null when the server does not have it. */
  loadRecipe(id: string, signal?: AbortSignal): Promise<Recipe | null> {
    return loadRecipe((question) => this.#ask(question), id, signal);
  }

  /** The keys of the installed blocks. @throws OmnitoolError */
  installedBlocks(signal?: AbortSignal): Promise<readonly string[]> {
    return installedBlocks((question) => this.#ask(question), signal);
  }

  /**
   * Opens the event stream of a session. There must be no other on the same session: await the `close` of the former
   * one first (wire 9.5). A session from before a restart of this program works.
   *
   * @throws OmnitoolError also when the session is refused: the shared one is renewed once, a run's session cannot be
   */
  async listen({ session, signal, deafAfterMs = SILENCE_LIMIT_MS }: ListenOptions = {}): Promise<SessionStream> {
    const open = (jar: CookieJar): Promise<SessionStream> => openEventStream(this.#http, { jar, signal, deafAfterMs });
    if (session !== undefined) return open(jarOf(session, this.origin));
    const jar = await unlessAborted(this.#session.jar(), signal, EVENTS_ROUTE);
    try {
      return await open(jar);
    } catch (failure) {
      if (!(failure instanceof OmnitoolError) || !isRefused(failure.status)) throw failure;
      await this.#session.drop(jar);
      return open(await unlessAborted(this.#session.jar(), signal, EVENTS_ROUTE));
    }
  }

  /**
   * Uploads one file; the server keeps it for 7 days. Needs the session, the token alone is refused (wire 5).
   *
   * @throws OmnitoolError `too-large`, `file-changed` (size, gone, unreadable), `upload-refused`, `upload-incomplete`
   */
  async upload(source: UploadSource, options: UploadOptions = {}): Promise<StoredFile> {
    const { onProgress, signal } = options;
    if (source.size > MAX_BYTES)
      throw new OmnitoolError({ code: 'too-large', method: 'POST', path: '/fid', sent: 'no' });
    let sha256 = (): string | null => null;
    const reply = await this.#session.send(signal, '/fid', (jar) => {
      const { headers, body, ...sent } = uploadBody(source, onProgress);
      sha256 = () => sent.sha256();
      const response = this.#http.timeouts.stored;
      const call: Call = { method: 'POST', path: '/fid', route: '/fid', headers, body, jar, response, signal };
      return this.#send(call, MAX_SMALL_REPLY);
    });
    return readUpload(reply, source, sha256());
  }

  /**
   * Whether an upload is still on the server. A recipe that gets the id of a missing one runs without it (wire 4). An
   * unclear reply counts as missing: the file can be uploaded again.
   *
   * @throws OmnitoolError when there is no reply
   */
  async hasFile(fid: string, signal?: AbortSignal): Promise<boolean> {
    try {
      return typeof (await this.file(fid, signal)) === 'object';
    } catch (failure) {
      if (failure instanceof OmnitoolError && failure.status !== null) return false;
      throw failure;
    }
  }

  /** What the server knows of a file (file-record.ts). */
  file(fid: string, signal?: AbortSignal): Promise<FileRecord | 'gone' | 'odd'> {
    return fileRecord(this.#http, fid, signal);
  }

  /** The newest files of the user in the File Manager; null where it cannot be asked (file-manager.ts). */
  keptFiles(tags: readonly string[] | null, signal?: AbortSignal): Promise<KeptFiles | null> {
    return listKeptFiles((question) => this.#ask(question), tags, signal);
  }

  /** Downloads a file of a result. Needs no token (download.ts). */
  download(fid: string, targetPath: string, options: DownloadOptions = {}): Promise<Downloaded> {
    return download(this.#http, fid, targetPath, options);
  }

  /** Downloads the picture of a recipe; null unless it is on this server (picture.ts). */
  picture(pictureUrl: string, signal?: AbortSignal): Promise<Buffer | null> {
    return fetchPicture(this.#http, this.origin, pictureUrl, signal);
  }

  /** Closes every connection. Pending and later calls fail as `cancelled`. */
  close(): void {
    this.#http.close();
  }

  /** The one call that exchanges the token for a session, with this empty jar (wire 0.1). */
  async #prime(jar: CookieJar, signal?: AbortSignal): Promise<readonly Job[]> {
    const reply = await this.#send({ method: 'GET', path: JOBS, route: JOBS, jar, signal }, MAX_JOBS_REPLY);
    return readReply(reply, jobsReply).jobs;
  }

  #runSession(cookie: string, generation: number): RunSession {
    const session = { cookie };
    this.#generations.set(session, generation);
    return session;
  }

  #ask({ method, path, route, json, maxReply, signal }: SmallCall): Promise<Reply> {
    const body = json === undefined ? {} : { headers: JSON_BODY, body: Buffer.from(JSON.stringify(json)) };
    return this.#session.send(signal, route, (jar) =>
      this.#send({ method, path, route, jar, signal, ...body }, maxReply),
    );
  }

  #send(call: Call, maxReply: number): Promise<Reply> {
    return this.#http.send({ ...call, token: this.#credentials.token }, maxReply);
  }
}

const JSON_BODY = { 'content-type': 'application/json' } as const;

/** A header cannot hold line breaks or letters beyond ASCII; got's error about that would contain the token. */
function sendable(token: string): string {
  if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError('The token has characters that cannot be sent.');
  return token;
}
