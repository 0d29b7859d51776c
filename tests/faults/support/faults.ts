import { once } from 'node:events';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Act,
  type Asked,
  html,
  json,
  raw,
  redirect,
  reset,
  silence,
  text,
  trickle,
} from '../../support/scripted-server.ts';

/** Where a fault happens: the server behind it, the address its client knows, and one that nobody may ever ask. */
interface FaultSite {
  readonly target: string;
  readonly origin: string;
  readonly elsewhere: string;
}

interface Fault {
  /** Whether the answer says in so many words that nothing was done: then asking again does nothing twice. */
  readonly refuses: boolean;
  readonly act: (site: FaultSite) => Act;
}

/** How long the client of these tests waits for anything, in ms: half of all faults are seen by their not ending. */
export const PATIENCE_MS = 4_000;

const unclear = (act: Fault['act']): Fault => ({ refuses: false, act });
const refusal = (act: Fault['act']): Fault => ({ refuses: true, act });

/** What its client hears of an answer that was to have this body. */
type Heard = (body: Buffer) => Act;

/** The server does what it was asked for; what its client hears of that is another matter. */
const actedOn = (heard: Heard): Fault =>
  unclear(({ target }) => async (response, asked, incoming) => {
    const body = await deliver(target, asked);
    await heard(body)(response, asked, incoming);
  });

/** The body of the real answer; a stream has no end of its own, and is left with nothing. */
async function deliver(target: string, { method, url, headers, body }: Asked): Promise<Buffer> {
  const onward = request(new URL(url, target), { method, headers: { ...headers, connection: 'close' } }).end(body);
  const [answer] = (await once(onward, 'response')) as [AsyncIterable<Uint8Array>];
  if (headers.accept !== 'text/event-stream') return buffer(answer);
  onward.destroy();
  return Buffer.alloc(0);
}

/** The head of an answer and some of its body, less than was announced; then nobody is there any more. */
const cut =
  (share: number): Heard =>
  (body) =>
  ({ socket }) => {
    const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.byteLength || 1}\r\n\r\n`;
    const sent = body.subarray(0, Math.floor(body.byteLength * share));
    socket?.write(Buffer.concat([Buffer.from(head), sent]), () => socket.destroy());
  };

const late: Heard = () => async (response) => {
  await pause(2 * PATIENCE_MS);
  response.destroy();
};

const endless: Act = async (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  while (!response.destroyed) {
    response.write(' '.repeat(65_536));
    await pause(2);
  }
};

/** All that can go wrong with one answer. A fault lasts until the test lifts it. */
export const FAULTS = {
  'too late': actedOn(late),
  never: unclear(() => silence),
  reset: unclear(() => reset),
  'cut before head': actedOn(
    () =>
      ({ socket }) =>
        void socket?.destroy(),
  ),
  'cut after head': actedOn(cut(0)),
  'cut in body': actedOn(cut(1 / 2)),
  garbage: unclear(() => raw('I am not HTTP\r\n\r\n')),
  '10 MB of JSON': unclear(() => json(200, { much: 'x'.repeat(10 * 1_048_576) })),
  'wrong types': unclear(() => json(200, { jobs: 7, result: [], job: 'done', text: 5, models: null, items: {} })),
  'HTML 200': unclear(() => html(200)),
  'redirect here': refusal(({ origin }) => redirect(`${origin}/sign-in`)),
  'redirect away': refusal(({ elsewhere }) => redirect(`${elsewhere}/sign-in`)),
  '401': refusal(() => text(401, 'Unauthorized')),
  '403': refusal(() => json(403, {})),
  '404': refusal(() => json(404, { message: 'Route not found', error: 'Not Found', statusCode: 404 })),
  '410': refusal(() => json(410, {})),
  '429': refusal(() => json(429, {})),
  '429 for 1 s': refusal(() => json(429, {}, { 'retry-after': '1' })),
  '500': refusal(() => json(500, { error: 'Internal Server Error' })),
  '503': refusal(() => text(503, 'Service Unavailable')),
  endless: unclear(() => endless),
  'slow loris': unclear(() => trickle(100)),
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;
