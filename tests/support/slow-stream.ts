import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Act } from './scripted-server.ts';

export interface Pace {
  /** Cuts what came from the server at once into what is passed on one after the other. */
  cut(text: string): readonly string[];
  /** Milliseconds before this piece. */
  wait(piece: string): number;
}

/** An event stream as the server at `target` gives it, passed on at another pace. Nothing is lost, everything is late. */
export const slowStream =
  (target: string, pace: Pace): Act =>
  async (response, { url, headers }) => {
    const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'connection'));
    const onward = httpRequest(new URL(url, target), { headers: passed }).end();
    response.on('close', () => onward.destroy());
    try {
      const [answer] = (await once(onward, 'response')) as [IncomingMessage];
      response.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
      for await (const text of answer.setEncoding('utf8')) {
        for (const piece of pace.cut(String(text))) {
          await pause(pace.wait(piece));
          response.write(piece);
        }
      }
      response.end();
    } catch {
      // Either side went away.
      response.destroy();
    }
  };

/** The messages of a stream, each with the empty line that ends it. */
export const messagesOf = (text: string): readonly string[] => text.match(/[^]+?\n\n|[^]+$/g) ?? [];
