import { request as httpRequest } from 'node:http';
import { type Act, type Asked, type ScriptedServer, startScriptedServer } from '../../support/scripted-server.ts';
import { type Pace, passAtPace } from '../../support/slow-stream.ts';

export const EXEC = 'POST /api/v1/workflow/exec';

/** A real HTTP hop in front of the practice server that keeps account of what reached it. */
export interface Hop extends ScriptedServer {
  /** Lets a request on to the practice server: what a route does that no test has spoiled. */
  readonly forward: Act;
  /** How many starts arrived here whose arguments hold `mark`, answered or not. */
  execsOf(mark: string): number;
}

interface HopOptions {
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Of every answer and every stream; without one, each is passed on as it comes. */
  readonly pace?: Pace;
}

/**
 * Routes named here come first, as `on` looks a request up in the order in which its routes were first named; the rest
 * goes on to the practice server.
 */
export async function startHop(
  target: string,
  routes: readonly string[] = [],
  { tls, pace }: HopOptions = {},
): Promise<Hop> {
  const server = await startScriptedServer(tls);
  const forward: Act = (response, asked) => passOn(target, response, asked, pace);
  for (const route of [...routes, '*']) server.on(route, forward);
  return {
    ...server,
    forward,
    execsOf: (mark) => server.askedFor(EXEC).filter(({ body }) => body.includes(mark)).length,
  };
}

/** The server acts on what arrived whole, whether or not its client still lives. */
function passOn(
  target: string,
  response: Parameters<Act>[0],
  { method, url, headers, body }: Asked,
  pace?: Pace,
): void {
  // The connection is this hop's own matter.
  const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'connection'));
  const onward = httpRequest(new URL(url, target), { method, headers: passed }, (answer) => {
    if (pace !== undefined) {
      void passAtPace(answer, response, pace);
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  // An event stream ends with its listener.
  response.on('close', () => {
    if (isStream(headers)) onward.destroy();
  });
  onward.end(body);
}

const isStream = (headers: Asked['headers']): boolean => headers.accept?.includes('text/event-stream') ?? false;
