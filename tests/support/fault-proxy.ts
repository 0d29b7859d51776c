import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to a request: `cut`, the connection ends before the server sees it; `hang`, nothing ever comes back;
 * `lose-answer`, the server acts on it and nobody hears the answer; a number, that status and an empty JSON body.
 */
type Fault = 'cut' | 'hang' | 'lose-answer' | number;

export interface FaultProxy {
  readonly origin: string;
  /** Requests that reached the server, as `POST /path`. */
  readonly seen: readonly string[];
  /** Makes the next `times` requests that begin with `route` (`POST /fid`) go wrong. */
  fail(route: string, fault: Fault, times?: number): void;
  heal(): void;
  close(): Promise<void>;
}

/** A real HTTP hop in front of a real server, where a test lets things go wrong. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const seen: string[] = [];
  let faults: { route: string; fault: Fault; left: number }[] = [];

  const server = createServer((incoming, outgoing) => {
    const route = `${incoming.method} ${incoming.url}`;
    const rule = faults.find((each) => each.left > 0 && route.startsWith(each.route));
    if (rule !== undefined) rule.left -= 1;
    if (rule?.fault === 'cut') {
      incoming.socket.destroy();
      return;
    }
    if (rule?.fault === 'hang') {
      incoming.resume();
      return;
    }
    if (typeof rule?.fault === 'number') {
      incoming.resume();
      outgoing.writeHead(rule.fault, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    seen.push(route);
    forward(target, incoming, outgoing, rule?.fault === 'lose-answer');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    fail: (route, fault, times = Infinity) => void faults.push({ route, fault, left: times }),
    heal: () => {
      faults = [];
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
        answer.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on('error', () => incoming.socket.destroy());
  incoming.pipe(onward);
}
