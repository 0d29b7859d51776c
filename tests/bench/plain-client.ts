/**
 * A client as the server's public documentation describes one: the token in a header, `/jobs` asked every 5 seconds, a
 * loop for each run, `/results` at the end. Uploads need a cookie, which the documentation does not say; it is taken
 * from the first reply, as anybody would after the first 401. Files are read whole and sent with `fetch`.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

const POLL_MS = 5_000;

export class PlainClient {
  readonly #origin: string;
  readonly #token: string;
  #cookie: string | null = null;
  requests = 0;

  constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  async upload(path: string): Promise<string> {
    if (this.#cookie === null) await this.jobs();
    const form = new FormData();
    form.set('file', new Blob([await readFile(path)]), basename(path));
    const [stored] = (await (await this.#ask('POST', '/fid', form)).json()) as { fid: string }[];
    if (stored === undefined) throw new Error('The upload came back empty.');
    return stored.fid;
  }

  async exec(recipeId: string, args: object): Promise<string> {
    const body = JSON.stringify({ workflow: recipeId, args });
    const reply = (await (await this.#ask('POST', '/api/v1/workflow/exec', body)).json()) as {
      result: { jobId: string };
    };
    return reply.result.jobId;
  }

  async jobs(): Promise<readonly { id: string; state: string }[]> {
    return (
      (await (await this.#ask('GET', '/api/v1/workflow/jobs')).json()) as { jobs: { id: string; state: string }[] }
    ).jobs;
  }

  async results(jobId: string): Promise<unknown> {
    return (await this.#ask('GET', `/api/v1/workflow/results?jobId=${encodeURIComponent(jobId)}`)).json();
  }

  /** Resolves when the client knows that the job is over. The documentation says every 5 seconds. */
  async untilDone(jobId: string, pollMs = POLL_MS): Promise<void> {
    for (;;) {
      const job = (await this.jobs()).find(({ id }) => id === jobId);
      if (job?.state !== 'running') return;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  async #ask(method: string, path: string, body?: BodyInit): Promise<Response> {
    this.requests += 1;
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    if (this.#cookie !== null) headers.cookie = this.#cookie;
    const reply = await fetch(this.#origin + path, { method, headers, ...(body === undefined ? {} : { body }) });
    this.#cookie ??= reply.headers.get('set-cookie')?.split(';')[0] ?? null;
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status}`);
    return reply;
  }
}
