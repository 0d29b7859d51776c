import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Gate, SignIn } from '../auth/gate.ts';
import { notOk, notSignedIn, type Reply } from './reply.ts';
import { findRoute, routeNotFound, type Route } from './router.ts';

/** On every reply that is not an event stream (wire, page head). */
const COMMON_HEADERS = {
  'x-frame-options': 'SAMEORIGIN',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'credentialless',
} as const;

/** Turns the route table into what `http.createServer` takes: sign-in, route, cookie, common headers. */
export function listener(routes: readonly Route[], gate: Gate): RequestListener {
  return (request, response) => {
    serve(routes, gate, request, response).catch((problem: unknown) => {
      // The client is gone or a part of the reply is sent: nothing can be sent on this connection any more.
      if (!isHangUp(problem)) process.emitWarning(problem instanceof Error ? problem : String(problem));
      response.destroy();
    });
  };
}

async function serve(routes: readonly Route[], gate: Gate, request: IncomingMessage, response: ServerResponse) {
  const session = gate.sessionOf(request);
  const reply = await answer(routes, request, response, session).catch((problem: unknown): Reply => {
    if (isHangUp(problem)) throw problem;
    process.emitWarning(problem instanceof Error ? problem : String(problem));
    return notOk();
  });
  if (reply === null) return;
  const headers: Record<string, string> = { ...reply.headers, ...COMMON_HEADERS };
  if (reply.cookie !== 'none') headers['set-cookie'] = gate.setCookie(reply.cookie ?? session.current);
  response.writeHead(reply.status, headers);
  await sendBody(request, response, reply.body);
}

async function answer(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
  session: SignIn,
): Promise<Reply | null> {
  const method = request.method ?? 'GET';
  const target = request.url ?? '/';
  const [path = '', search = ''] = target.split(/\?(.*)/s);
  const found = findRoute(routes, method, path);
  if (found === null) return routeNotFound(method, target);
  const [route, parameters] = found;
  const call = { request, response, parameters, query: new URLSearchParams(search) };
  if (route.access === 'open') return route.handle(call);
  const signedIn = route.access === 'token' ? await session.orByToken() : session.current;
  return signedIn === null ? notSignedIn() : route.handle({ ...call, session: signedIn });
}

async function sendBody(request: IncomingMessage, response: ServerResponse, body: Reply['body']): Promise<void> {
  if (!(body instanceof Readable)) response.end(body ?? undefined);
  else if (request.method === 'HEAD') {
    body.destroy();
    response.end();
  } else await pipeline(body, response);
}

const HANG_UPS = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR']);

/** Whether the client closed the connection. That is not an error of the server (wire 5: it survives aborted transfers). */
function isHangUp(problem: unknown): boolean {
  return (
    problem instanceof Error && 'code' in problem && typeof problem.code === 'string' && HANG_UPS.has(problem.code)
  );
}
