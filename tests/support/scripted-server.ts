import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it arrived. */
export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Counts the connections of the server, from 1. */
  readonly connection: number;
}

export type Act = (response: ServerResponse, asked: Asked, request: IncomingMessage) => void | Promise<void>;
/** `early` acts on the head of a request, without waiting for its body. */
export type Answer = Act | { readonly early: Act };

export interface ScriptedServer {
  readonly origin: string;
  readonly asked: readonly Asked[];
  /** Answers in turn; the last one stays. A route is `GET /path`, without a query; a `*` at its end stands for anything. */
  on(route: string, ...answers: [Answer, ...Answer[]]): ScriptedServer;
  /** The requests of one route, so far. */
  askedFor(route: string): readonly Asked[];
  connections(): number;
  /** Resolves when such a request has arrived. */
  arrival(route: string): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP server on loopback that says what a test tells it to, faults included. */
export async function startScriptedServer(tls?: {
  readonly key: string;
  readonly cert: string;
}): Promise<ScriptedServer> {
  const script = new Map<string, Answer[]>();
  const asked: Asked[] = [];
  const numbers = new WeakMap<Socket, number>();
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let connections = 0;

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response);
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    connections += 1;
    numbers.set(socket, connections);
    sockets.add(socket);
    // A client that goes away in the middle is part of the tests.
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const next = takeAnswer(script, `${method} ${url.replace(/\?.*/s, '')}`);
    const early = typeof next === 'object';
    const body = early ? Buffer.alloc(0) : await bodyOf(request);
    if (body === null) return;
    const seen: Asked = { method, url, headers, body, connection: numbers.get(request.socket) ?? 0 };
    asked.push(seen);
    for (const check of waiting) check();
    await (early ? next.early : next)(response, seen, request);
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const askedFor = (route: string): readonly Asked[] =>
    asked.filter(({ method, url }) => matches(route, `${method} ${url.replace(/\?.*/s, '')}`));
  const scripted: ScriptedServer = {
    origin: `http${tls === undefined ? '' : 's'}://127.0.0.1:${String(port)}`,
    asked,
    on: (route, ...answers) => {
      script.set(route, answers);
      return scripted;
    },
    askedFor,
    connections: () => connections,
    arrival: (route) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (askedFor(route).length === 0) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise((resolve, reject) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
  return scripted;
}

const matches = (route: string, key: string): boolean =>
  route.endsWith('*') ? key.startsWith(route.slice(0, -1)) : route === key;

function takeAnswer(script: Map<string, Answer[]>, key: string): Answer {
  const answers = script.get(key) ?? [...script].find(([route]) => matches(route, key))?.[1];
  const [first] = answers ?? [];
  if (first === undefined) return json(404, { message: `Route ${key} not found`, error: 'Not Found', statusCode: 404 });
  if (answers !== undefined && answers.length > 1) answers.shift();
  return first;
}

/** Null when the client went away before its body was whole. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}

type Headers = Readonly<Record<string, string>>;

export const reply =
  (status: number, body: string | Buffer, headers: Headers = {}): Act =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };
export const text = (status: number, body: string, headers: Headers = {}): Act =>
  reply(status, body, { 'content-type': 'text/plain; charset=utf-8', ...headers });
export const json = (status: number, body: unknown, headers: Headers = {}): Act =>
  reply(status, JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8', ...headers });
export const html = (status: number): Act =>
  reply(status, '<!doctype html><title>Sign in</title>', { 'content-type': 'text/html; charset=utf-8' });
export const redirect = (location: string, status = 302): Act => reply(status, '', { location });

/** Takes the request and says nothing, ever. */
export const silence: Act = () => undefined;
/** Closes the connection at once, the hard way. */
export const reset: Act = (response) => {
  response.socket?.resetAndDestroy();
};
/** Announces `length` bytes, sends `body`, and closes. */
export const cutBody =
  (length: number, body: string | Buffer, status = 200): Act =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(length) });
    response.write(body, () => response.socket?.destroy());
  };
/** Announces `length` bytes, sends `body`, and leaves the connection open. */
export const stuckBody =
  (length: number, body: string | Buffer, status = 200, headers: Headers = {}): Act =>
  (response) => {
    response.writeHead(status, { 'content-length': String(length), ...headers }).write(body);
  };
/** Sends one byte every `everyMs` until the client goes away. */
export const trickle =
  (everyMs: number): Act =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), everyMs);
    response.on('close', () => clearInterval(timer));
  };
/** Whatever bytes, on the bare socket. */
export const raw =
  (bytes: string | Buffer): Act =>
  (response) => {
    response.socket?.end(bytes);
  };
