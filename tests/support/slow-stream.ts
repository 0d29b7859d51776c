import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Act } from './scripted-server.ts';

/** How an answer is passed on. Nothing of it is lost, all of it is late. */
export interface Pace {
  /** Cuts what came from the server at once (a letter a byte) into what is passed on one after the other. */
  cut(bytes: string): readonly string[];
  /** Milliseconds before this piece; of the head: before an empty one. */
  wait(piece: string): number;
}

/** Passes an answer on at this pace, until either side goes away. */
export async function passAtPace(answer: IncomingMessage, response: ServerResponse, pace: Pace): Promise<void> {
  try {
    await pause(pace.wait(''));
    response.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
    for await (const bytes of answer.setEncoding('latin1')) {
      for (const piece of pace.cut(String(bytes))) {
        await pause(pace.wait(piece));
        if (response.destroyed) return;
        response.write(piece, 'latin1');
      }
    }
    response.end();
  } catch {
    response.destroy();
  }
}

/** An event stream as the server at `target` gives it, at another pace. */
export const slowStream =
  (target: string, pace: Pace): Act =>
  (response, { url, headers }) => {
    const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'connection'));
    const onward = httpRequest(new URL(url, target), { headers: passed }).end();
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    onward.once('response', (answer: IncomingMessage) => void passAtPace(answer, response, pace));
  };

/** The messages of a stream, each with the empty line that ends it. */
export const messagesOf = (text: string): readonly string[] => text.match(/[^]+?\n\n|[^]+$/g) ?? [];

/**
 * Pauses of 0 to `most` ms before any piece, and cuts at any place. The same for the same seed, as far as the pieces that
 * come from the server are.
 */
export function randomPace(seed: number, most: number): Pace {
  const random = randomFrom(seed);
  return {
    cut: (bytes) => {
      const places = [random(), random()].map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
      const edges = [0, ...places, bytes.length];
      return edges
        .slice(1)
        .map((edge, index) => bytes.slice(edges[index], edge))
        .filter((piece) => piece !== '');
    },
    // Mostly it is quick: a pause is felt where there is none before and after it.
    wait: () => (random() < 2 / 3 ? 0 : random() * most),
  };
}

/** Numbers from 0 to 1 that look random (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
