import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** A hop in front of a server that notes every secret that passes: session cookies and file ids. */
export interface ListeningHop {
  readonly origin: string;
  readonly cookies: ReadonlySet<string>;
  readonly fids: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Files as an upload and a result name them (wire 5, 7). */
const FID = /"fid":"([^"]+)"/g;
const sessionCookie = z.array(z.string()).default([]);

export async function startListeningHop(target: string): Promise<ListeningHop> {
  const cookies = new Set<string>();
  const fids = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming;
    const onward = httpRequest(new URL(url, target), { method, headers }, (answer) => {
      for (const cookie of sessionCookie.parse(answer.headers['set-cookie'])) {
        const [, value = ''] = /^sessionId=([^;]+)/.exec(cookie) ?? [];
        if (value !== '') cookies.add(value);
      }
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
      answer.on('end', () => {
        for (const [, fid = ''] of text.matchAll(FID)) fids.add(fid);
      });
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cookies,
    fids,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
