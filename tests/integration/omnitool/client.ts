import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { OmnitoolError } from '../../../electron/core/omnitool/errors.ts';
import { OmnitoolServer, type ServerOptions } from '../../../electron/core/omnitool/server.ts';
import { DEFAULT_TIMEOUTS, type Timeouts } from '../../../electron/core/omnitool/timeouts.ts';
import { startPracticeServer, type PracticeOptions, type PracticeServer } from '../../../electron/practice/server.ts';
import { json, startScriptedServer, type Act, type Asked, type ScriptedServer } from '../../support/scripted-server.ts';

/** Looks like a token; is none. */
export const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjF9.c2VjcmV0LXNpZ25hdHVyZQ';

export const JOBS = 'GET /api/v1/workflow/jobs';
export const EXEC = 'POST /api/v1/workflow/exec';
export const STOP = 'POST /api/v1/workflow/stop';
export const RESULTS = 'GET /api/v1/workflow/results';
export const UPLOAD = 'POST /fid';

export const cookie = (value: string): Record<string, string> => ({
  'set-cookie': `sessionId=${value}; Path=/; Expires=Mon, 30 Nov 2099 17:29:38 GMT; SameSite=Lax`,
});
/** The reply that turns a token into a session. */
export const jobs = (session: string, list: readonly unknown[] = []): Act => json(200, { jobs: list }, cookie(session));
export const unauthorized: Act = (response) => {
  response.writeHead(401, { 'content-type': 'text/plain; charset=utf-8', ...cookie('anonymous') });
  response.end('Authentication failed');
};
export const started = (jobId: string): Act => json(200, { result: { status: 'JOB_STARTED', jobId, sender: 'omni' } });

/** A scripted server that hands out sessions, ended with the test. */
export async function scripted(): Promise<ScriptedServer> {
  const server = await startScriptedServer();
  onTestFinished(() => server.close());
  return server.on(JOBS, jobs('shared'));
}

/** A practice server, ended with the test. */
export async function practice(options: PracticeOptions = {}): Promise<PracticeServer> {
  const server = await startPracticeServer(options);
  onTestFinished(() => server.close());
  return server;
}

export const idOf = ({ recipes }: PracticeServer, name: string): string => {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found === undefined)
    throw new Error(
      `The practice server has no recipe ${name}, only ${recipes.map((recipe) => recipe.name).join(', ')}.`,
    );
  return found.id;
};

/** A client, ended with the test. */
export function clientOf(origin: string, options: Partial<ServerOptions> = {}): OmnitoolServer {
  const client = new OmnitoolServer({ origin, token: TOKEN, ...options });
  onTestFinished(() => {
    client.close();
  });
  return client;
}

/**
 * Short waits only where a test is about waiting, so that a busy machine fails no other: of a reply whose status is to be
 * seen, only the wait for its body is short.
 */
export function hurried(
  expected: { readonly code: string; readonly status?: unknown },
  timeouts: Partial<Timeouts>,
): Partial<ServerOptions> {
  if (expected.code !== 'timed-out') return {};
  const { connect, response } = DEFAULT_TIMEOUTS;
  return { timeouts: expected.status === 200 ? { ...timeouts, connect, response } : timeouts };
}

/** What a call fails with; that it is an OmnitoolError is part of every test. */
export async function failureOf(call: Promise<unknown>): Promise<OmnitoolError> {
  const outcome = await call.then(
    () => 'no failure',
    (failure: unknown) => failure,
  );
  if (outcome instanceof OmnitoolError) return outcome;
  throw new Error(`Expected an OmnitoolError, got ${String(outcome)}`);
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'omnitray-client-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface Part {
  readonly head: string;
  readonly content: Buffer;
}

/** Takes a body of one part apart, by the letter of RFC 7578. */
export function partOf({ headers, body }: Asked): Part {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
  const headEnd = body.indexOf('\r\n\r\n');
  const tail = `\r\n--${boundary}--\r\n`;
  const head = body.subarray(0, headEnd).toString('latin1');
  if (!head.startsWith(`--${boundary}\r\n`) || body.subarray(-tail.length).toString('latin1') !== tail) {
    throw new Error('Not one whole part of multipart/form-data.');
  }
  return { head, content: body.subarray(headEnd + 4, -tail.length) };
}

/** Stores what it gets, as the server does, but names it by its hash. */
export const stores: Act = (response, asked, request) => {
  const { content } = partOf(asked);
  const size = content.byteLength;
  const stored = {
    fid: '28,wjvq5f2y1e',
    fileName: createHash('sha256').update(content).digest('hex'),
    size,
    mimeType: 'image/png',
    expires: 1_796_059_999_636,
  };
  return json(200, [stored])(response, asked, request);
};

/** Slower than the disk, as any network is: what is read ahead would pile up. */
export const storesSlowly: Act = async (response, asked, request) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    await new Promise(setImmediate);
  }
  await stores(response, { ...asked, body: Buffer.concat(chunks) }, request);
};
