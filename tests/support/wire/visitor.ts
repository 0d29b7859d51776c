/** A plain client of an Omnitool server for tests: one user, one cookie, nothing clever, and nothing of the app. */

/** Where a server is and what lets one in. */
export interface Door {
  readonly origin: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
}

/** One request exactly as given; no cookie or token is added. */
export async function send(origin: string, method: string, path: string, sending: Sending = {}): Promise<Answer> {
  const { headers = {}, body } = sending;
  const response = await fetch(origin + path, { method, headers, ...(body !== undefined && { body }) });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString('utf8') };
}

/** The cookie a reply sets, ready to be sent back. */
export function cookieOf(answer: Answer): string {
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error('The reply set no cookie.');
  return cookie;
}

/** A JSON body as unknown data, to be compared with `toEqual` or `toMatchObject`. */
export function data(answer: Answer): unknown {
  const value: unknown = JSON.parse(answer.text);
  return value;
}

/** A field of what may be an object. */
export const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** The names of the fields, in their order. */
export const fields = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

/** A list as unknown data; throws when it is none. */
export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('This is no list.');
  return value;
}

/** The text under a path of keys; throws when there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  let at: unknown = value;
  for (const key of path) at = field(at, String(key));
  if (typeof at !== 'string') throw new Error(`There is no text at ${path.join('.')}.`);
  return at;
}

/** A connection for one call, so that none is left over from a server that went down. */
const ALONE = { connection: 'close' } as const;

/** Somebody with a session of their own on a server. */
export class Visitor {
  readonly server: Door;
  readonly cookie: string;

  private constructor(server: Door, cookie: string) {
    this.server = server;
    this.cookie = cookie;
  }

  static async enter(server: Door, token = server.token): Promise<Visitor> {
    const headers = { authorization: `Bearer ${token}`, ...ALONE };
    const answer = await send(server.origin, 'GET', '/api/v1/workflow/jobs', { headers });
    if (answer.status !== 200) throw new Error(`The server answered ${answer.status}.`);
    return new Visitor(server, cookieOf(answer));
  }

  get(path: string): Promise<Answer> {
    return send(this.server.origin, 'GET', path, { headers: { cookie: this.cookie, ...ALONE } });
  }

  post(path: string, body: unknown): Promise<Answer> {
    const headers = { cookie: this.cookie, 'content-type': 'application/json', ...ALONE };
    return send(this.server.origin, 'POST', path, { headers, body: JSON.stringify(body) });
  }

  async start(workflow: string, args: Readonly<Record<string, unknown>>): Promise<string> {
    const answer = await this.post('/api/v1/workflow/exec', { workflow, args });
    return textAt(data(answer), 'result', 'jobId');
  }

  async stateOf(jobId: string): Promise<string | undefined> {
    const jobs = list(field(data(await this.get('/api/v1/workflow/jobs')), 'jobs'));
    const job = jobs.find((entry) => field(entry, 'id') === jobId);
    return job === undefined ? undefined : textAt(job, 'state');
  }

  result(jobId: string): Promise<Answer> {
    return this.get(`/api/v1/workflow/results?jobId=${jobId}`);
  }

  /** Uploads files in one form, in their order, and gives the server's entries. */
  async upload(...files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[]) {
    const body = new FormData();
    for (const { name, bytes } of files) body.append('file', new Blob([bytes]), name);
    const answer = await send(this.server.origin, 'POST', '/fid', { headers: { cookie: this.cookie }, body });
    if (answer.status !== 200) throw new Error(`The upload was answered ${answer.status}.`);
    return list(data(answer)).map((entry) => ({ entry, fid: textAt(entry, 'fid') }));
  }
}

export const ENDED: readonly (string | undefined)[] = ['success', 'error', 'stopped', undefined];
