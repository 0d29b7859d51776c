import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/**
 * What happens to a request: `cut`, the connection ends before the server sees it; `hang`, nothing ever comes back;
 * `lose-answer`, the server acts on it and nobody hears the answer; `hold`, it reaches the server only on `release`; a
 * number, that status and an empty JSON body.
 */
type Fault = 'cut' | 'hang' | 'lose-answer' | 'hold' | number;

/** Picks requests by route (`POST /fid`) and by the cookie header. */
type PicksRequest = (route: string, cookie: string) => boolean;

export interface FaultProxy {
  readonly origin: string;
  /** Requests that reached the server, or are held before it, as `POST /path`. */
  readonly seen: readonly string[];
  /** How many requests hang. */
  readonly hanging: number;
  /** Makes the next `times` requests that begin with `route` (`POST /fid`), or that it picks, go wrong. */
  fail(route: string | PicksRequest, fault: Fault, times?: number): void;
  heal(): void;
  /** Ends every `hold`: forwards the held requests, and those that would have been held later. */
  release(): void;
  close(): Promise<void>;
}

/** A real HTTP hop in front of a real server, where a test lets things go wrong. `port` is that of one that was closed. */
export async function startFaultProxy(target: string, port = 0): Promise<FaultProxy> {
  const seen: string[] = [];
  let faults: { isOf: PicksRequest; fault: Fault; left: number }[] = [];
  let held: (() => void)[] = [];
  let hanging = 0;

  const server = createServer((incoming, outgoing) => {
    const route = `${incoming.method} ${incoming.url}`;
    const rule = faults.find((each) => each.left > 0 && each.isOf(route, incoming.headers.cookie ?? ''));
    if (rule !== undefined) rule.left -= 1;
    if (rule?.fault === 'cut') {
      incoming.socket.destroy();
      return;
    }
    if (rule?.fault === 'hang') {
      hanging += 1;
      incoming.resume();
      return;
    }
    if (typeof rule?.fault === 'number') {
      incoming.resume();
      outgoing.writeHead(rule.fault, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    seen.push(route);
    const go = (): void => forward(target, incoming, outgoing, rule?.fault === 'lose-answer');
    if (rule?.fault === 'hold') held.push(go);
    else go();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    get hanging() {
      return hanging;
    },
    fail: (route, fault, times = Infinity) => {
      const isOf = typeof route === 'string' ? (seen: string): boolean => seen.startsWith(route) : route;
      faults.push({ isOf, fault, left: times });
    },
    heal: () => {
      faults = [];
    },
    release: () => {
      faults = faults.filter(({ fault }) => fault !== 'hold');
      for (const go of held) go();
      held = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(target: string, incoming: IncomingMessage, outgoing: ServerResponse, loseAnswer: boolean): void {
  const onward = httpRequest(
    new URL(incoming.url ?? '/', target),
    { method: incoming.method, headers: incoming.headers },
    (answer) => {
      if (loseAnswer) {
        // A stream has no end of its own: what it tells at once is lost, and the line with it.
        const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
        answer.resume().once(isStream ? 'data' : 'end', () => {
          incoming.socket.destroy();
          answer.destroy();
        });
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      // A server that goes down in the middle of an answer is cut off on this side too, and the other way round.
      if (outgoing.destroyed) answer.destroy();
      else pipeline(answer, outgoing, () => undefined);
    },
  );
  onward.on('error', () => incoming.socket.destroy());
  incoming.pipe(onward);
}
