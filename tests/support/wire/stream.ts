/** Reads an event stream of an Omnitool server, with a decoder of its own (wire 9.1). */
import { type ClientRequest, get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { field, list } from './visitor.ts';

export interface Message {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Rebuilds a value from its flattened form. */
function unflatten(entries: readonly unknown[]): unknown {
  const built = new Map<unknown, unknown>();
  const keep = <T>(index: unknown, value: T): T => {
    built.set(index, value);
    return value;
  };
  const at = (index: unknown): unknown => {
    if (built.has(index)) return built.get(index);
    const [type, value] = list(entries[Number(index)]);
    if (type === 1) {
      const items = keep<unknown[]>(index, []);
      for (const item of list(value)) items.push(at(item));
      return items;
    }
    if (type === 2) {
      const object = keep<Record<string, unknown>>(index, {});
      for (const [key, item] of list(value).map(list)) object[String(at(key))] = at(item);
      return object;
    }
    return keep(index, type === -1 ? undefined : type === 7 ? Object.assign(new Error(), value) : value);
  };
  return at(0);
}

/** The messages in the text of a stream. */
export function messagesIn(text: string): readonly Message[] {
  return text.split('\n\n').flatMap((block) => {
    const line = /^data: (.*)$/m.exec(block)?.[1];
    if (line === undefined) return [];
    const message = unflatten(list(JSON.parse(line)));
    const type = field(message, 'type');
    if (typeof message !== 'object' || typeof type !== 'string') throw new TypeError('A message has no type.');
    return [{ ...message, type }];
  });
}

/** One open stream. `close` ends its connection and waits until it has ended. */
export class Stream {
  readonly #request: ClientRequest;
  headers: IncomingHttpHeaders = {};
  text = '';
  ended = false;
  #heard: () => void = () => undefined;

  private constructor(request: ClientRequest) {
    this.#request = request;
  }

  static async open(origin: string, cookie: string, query = '?reconnect=1'): Promise<Stream> {
    const request = get(`${origin}/api/v1/mercenaries/listen${query}`, { headers: { cookie }, agent: false });
    const stream = new Stream(request);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    if (response.statusCode !== 200) throw new Error(`The stream was answered ${response.statusCode ?? 0}.`);
    stream.headers = response.headers;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      stream.text += chunk;
      stream.#heard();
    });
    response.on('error', () => stream.#heard());
    response.on('close', () => {
      stream.ended = true;
      stream.#heard();
    });
    return stream;
  }

  get messages(): readonly Message[] {
    // What follows the last empty line is not whole yet.
    return messagesIn(this.text.slice(0, this.text.lastIndexOf('\n\n') + 2));
  }

  /** Resolves when the condition holds; the test's own time limit ends a wait in vain. */
  async until(condition: (stream: Stream) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>((resolve) => (this.#heard = resolve));
  }

  hears(type: string, event?: string): Promise<void> {
    return this.until(({ messages }) =>
      messages.some((m) => m.type === type && (event === undefined || field(m.body, 'event') === event)),
    );
  }

  async close(): Promise<void> {
    const closed = once(this.#request, 'close');
    this.#request.destroy();
    if (!this.#request.closed) await closed;
  }
}
