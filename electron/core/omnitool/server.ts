import { CookieJar } from 'tough-cookie';
import { MAX_BYTES } from '../../contract/limits.ts';
import { MEBIBYTE, type Question } from './ask.ts';
import { installedBlocks } from './components.ts';
import { download, type Downloaded, type DownloadOptions } from './download.ts';
import { OmnitoolError } from './errors.ts';
import {
  DEAF_AFTER_MS,
  LISTEN,
  openEventStream,
  type EventStream,
  type ListenOptions,
  type SessionStream,
} from './event-stream.ts';
import { Http, type Call, type HttpOptions, type Reply } from './http.ts';
import { fetchPicture } from './picture.ts';
import { listRecipes, loadRecipe } from './recipes.ts';
import { type ListingWay, type RecipeList } from './recipe-list.ts';
import { jsonOrNull, readPart, readReply, saysNotFound } from './replies.ts';
import { fileReply, jobsReply, resultsReply, startReply, type Job, type JobResults } from './schemas.ts';
import { type Recipe } from './recipe-schema.ts';
import { cookieOf, isSendable, jarOf, Session, type Credentials, type RunSession } from './session.ts';
import { EXEC } from './start-body.ts';
import { readUpload, uploadBody, type StoredFile, type UploadOptions, type UploadSource } from './upload.ts';
import { unlessAborted } from './unless-aborted.ts';
import { statusFailure } from './failures.ts';

export type { EventStream, RunSession };

export interface ServerOptions extends HttpOptions {
  readonly token: string;
}

export const JOBS = '/api/v1/workflow/jobs';
const STOP = '/api/v1/workflow/stop';
export const RESULTS = '/api/v1/workflow/results';

/** About 100 bytes a job (wire 6), so some 80,000 jobs. */
const MAX_JOBS_REPLY = 8 * MEBIBYTE;
/** Files are not in it, but texts and objects of any size are (wire 7). */
const MAX_RESULTS_REPLY = 64 * MEBIBYTE;
/** Twenty thousand files with all that is told of each have about as many. */
const MOST_RESULT_VALUES = 300_000;
const MAX_SMALL_REPLY = MEBIBYTE;

/**
 * One server with one token. Everything it throws is an OmnitoolError (a TypeError where the caller is wrong); it
 * logs nothing and repeats nothing, except a call that was refused for its session: that is sent once more with a new
 * one, and a start not even then.
 */
export class OmnitoolServer {
  readonly origin: string;
  readonly #http: Http;
  readonly #session: Session;
  /** With which token a session was made. */
  readonly #generations = new WeakMap<RunSession, number>();
  #credentials: Credentials;
  #listingWay: ListingWay = 'collection';

  constructor(options: ServerOptions) {
    this.origin = options.origin;
    this.#credentials = { token: sendable(options.token), generation: 0 };
    this.#http = new Http(options);
    this.#session = new Session({ credentials: () => this.#credentials, prime: (jar) => this.#prime(jar) });
  }

  /** From here on no cookie made with the old token is used: it would win over the new one (wire 0.2). */
  replaceToken(token: string): void {
    this.#credentials = { token: sendable(token), generation: this.#credentials.generation + 1 };
  }

  /**
   * A new session beside the one shared by all other calls, made with the token of now.
   *
   * @throws OmnitoolError `bad-reply` (detail `cookie`) when the server hands out no session, or one that cannot be sent back
   */
  async openRunSession(signal?: AbortSignal): Promise<RunSession> {
    const { generation } = this.#credentials;
    const jar = new CookieJar();
    await this.#prime(jar, signal);
    const cookie = cookieOf(jar, this.origin);
    if (!isSendable(cookie))
      throw new OmnitoolError({ code: 'bad-reply', method: 'GET', path: JOBS, sent: 'answered', detail: 'cookie' });
    return this.#runSession(cookie, generation);
  }

  /**
   * Whether the session was made by this client with the token of now. One that was not still has the rights of its
   * old token (wire 1): good for listening, not for a start.
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
   * Starts a recipe: the one call that must not happen twice. Look at the `sent` of what it throws: `no` can be
   * started again, `answered` was refused, `maybe` may be running. An error that is no OmnitoolError came before
   * anything was sent.
   *
   * Gives the session the job runs in as well. It is the one given, unless the server no longer knew that and made
   * another (wire 1); then the job is heard of only there. Another that cannot be sent back is none.
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
   * Asks for one job to be stopped. It ends when its present block does; only `listJobs` tells.
   *
   * @throws TypeError for an empty id, before anything is sent: the server would stop every job of every user (wire 8)
   */
  async stop(jobId: string, signal?: AbortSignal): Promise<void> {
    if (typeof jobId !== 'string' || jobId.trim() === '') throw new TypeError('A stop needs a job id.');
    const reply = await this.#ask({
      method: 'POST',
      path: STOP,
      route: STOP,
      json: { jobId },
      maxReply: MAX_SMALL_REPLY,
      signal,
    });
    if (reply.status !== 200) throw statusFailure(reply);
  }

  /** What a job gave; null when the server has nothing: not yet, never, or unknown job. It cannot tell which (wire 7). */
  async results(jobId: string, signal?: AbortSignal): Promise<JobResults | null> {
    if (jobId === '') throw new TypeError('Results need a job id.');
    const reply = await this.#ask({
      method: 'GET',
      path: `${RESULTS}?jobId=${encodeURIComponent(jobId)}`,
      route: RESULTS,
      maxReply: MAX_RESULTS_REPLY,
      signal,
    });
    if (saysNotFound(reply)) return null;
    // A result comes once: the greater part of it is better than none.
    const { value, isCut } = readPart(reply, resultsReply, MOST_RESULT_VALUES);
    return isCut ? { ...value, unkeptValues: value.unkeptValues + 1 } : value;
  }

  /** By the way that gave the whole list last time, if there was one; see recipes.ts. */
  async listRecipes(signal?: AbortSignal): Promise<RecipeList> {
    const list = await listRecipes((question) => this.#ask(question), this.#listingWay, signal);
    // The block is no way to stay with: the other two tell of public recipes too.
    if (list.way !== 'block') this.#listingWay = list.way;
    return list;
  }

  /** Null when the server does not have it. */
  loadRecipe(id: string, signal?: AbortSignal): Promise<Recipe | null> {
    return loadRecipe((question) => this.#ask(question), id, signal);
  }

  /** @throws OmnitoolError */
  installedBlocks(signal?: AbortSignal): Promise<readonly string[]> {
    return installedBlocks((question) => this.#ask(question), signal);
  }

  /**
   * Opens the event stream of a session. There must be no other on the same session: await the `close` of the older
   * one first (wire 9.5). A session from before a restart of this program will do.
   *
   * @throws OmnitoolError also when the session is refused: the shared one is made anew once, a run's cannot be
   */
  async listen({ session, signal, deafAfterMs = DEAF_AFTER_MS }: ListenOptions = {}): Promise<SessionStream> {
    const open = (jar: CookieJar): Promise<SessionStream> => openEventStream(this.#http, { jar, signal, deafAfterMs });
    if (session !== undefined) return open(jarOf(session, this.origin));
    const jar = await unlessAborted(this.#session.jar(), signal, LISTEN);
    try {
      return await open(jar);
    } catch (failure) {
      if (!(failure instanceof OmnitoolError) || !isRefused(failure.status)) throw failure;
      await this.#session.drop(jar);
      return open(await unlessAborted(this.#session.jar(), signal, LISTEN));
    }
  }

  /**
   * Stores one file on the server, for 7 days. Only the session counts here, the token alone is refused (wire 5).
   *
   * @throws OmnitoolError `too-large`, `file-changed` (size, gone, unreadable), `upload-refused`, `upload-incomplete`
   */
  async upload(source: UploadSource, options: UploadOptions = {}): Promise<StoredFile> {
    const { onProgress, signal } = options;
    if (source.size > MAX_BYTES)
      throw new OmnitoolError({ code: 'too-large', method: 'POST', path: '/fid', sent: 'no' });
    let sha256 = (): string | null => null;
    const reply = await this.#inSession(this.#session, signal, '/fid', (jar) => {
      const { headers, body, ...sent } = uploadBody(source, onProgress);
      sha256 = () => sent.sha256();
      const response = this.#http.timeouts.stored;
      const call: Call = { method: 'POST', path: '/fid', route: '/fid', headers, body, jar, response, signal };
      return this.#send(call, MAX_SMALL_REPLY);
    });
    return readUpload(reply, source, sha256());
  }

  /**
   * Whether an upload is still there. A recipe that is given one that is not runs without it and says nothing (wire 4).
   * What is answered in any other way counts as gone: it can be uploaded again.
   *
   * @throws OmnitoolError when there is no answer
   */
  async hasFile(fid: string, signal?: AbortSignal): Promise<boolean> {
    const path = `/fid/${encodeURIComponent(fid)}?obj=true`;
    const reply = await this.#http.send({ method: 'GET', path, route: '/fid/:fid', signal }, MAX_SMALL_REPLY);
    return reply.status === 200 && fileReply.safeParse(jsonOrNull(reply)).data?.fid === fid;
  }

  /** Fetches a file of a result. Works without a token, after its end too. See download.ts. */
  download(fid: string, targetPath: string, options: DownloadOptions = {}): Promise<Downloaded> {
    return download(this.#http, fid, targetPath, options);
  }

  /** The picture of a recipe, from this server or not at all (null). See picture.ts. */
  picture(pictureUrl: string, signal?: AbortSignal): Promise<Buffer | null> {
    return fetchPicture(this.#http, this.origin, pictureUrl, signal);
  }

  /** Ends every connection; what is under way and whatever is asked later fails as `cancelled`. */
  close(): void {
    this.#http.close();
  }

  /** The one call that turns the token into a session, in this empty jar (wire 0.1). */
  async #prime(jar: CookieJar, signal?: AbortSignal): Promise<void> {
    const reply = await this.#send({ method: 'GET', path: JOBS, route: JOBS, jar, signal }, MAX_JOBS_REPLY);
    readReply(reply, jobsReply);
  }

  #runSession(cookie: string, generation: number): RunSession {
    const session = { cookie };
    this.#generations.set(session, generation);
    return session;
  }

  #ask({ method, path, route, json, maxReply, signal }: Question): Promise<Reply> {
    const body = json === undefined ? {} : { headers: JSON_BODY, body: Buffer.from(JSON.stringify(json)) };
    return this.#inSession(this.#session, signal, route, (jar) =>
      this.#send({ method, path, route, jar, signal, ...body }, maxReply),
    );
  }

  /** Sends in the session; when that is refused, once more in a new one. */
  async #inSession(
    session: Session,
    signal: AbortSignal | undefined,
    route: string,
    send: (jar: CookieJar) => Promise<Reply>,
  ): Promise<Reply> {
    const jar = await unlessAborted(session.jar(), signal, route);
    const reply = await send(jar);
    if (!isRefused(reply.status)) return reply;
    await session.drop(jar);
    return send(await unlessAborted(session.jar(), signal, route));
  }

  #send(call: Call, maxReply: number): Promise<Reply> {
    return this.#http.send({ ...call, token: this.#credentials.token }, maxReply);
  }
}

const JSON_BODY = { 'content-type': 'application/json' } as const;

const isRefused = (status: number | null): boolean => status === 401 || status === 403;

/** A header cannot carry line breaks or letters beyond ASCII; got would say so with the token in its error. */
function sendable(token: string): string {
  if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError('The token has characters that cannot be sent.');
  return token;
}
