import { once } from 'node:events';
import { type Server, STATUS_CODES } from 'node:http';

/** Listens on loopback and returns the port. With `orAnother`, a free port is used if this one is taken. */
export async function listen(server: Server, port: number, orAnother: boolean): Promise<number> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (problem) {
    const isTaken = problem instanceof Error && 'code' in problem && problem.code === 'EADDRINUSE';
    if (!isTaken || !orAnother) throw problem;
    return listen(server, 0, false);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return address.port;
}

/** Stops listening and closes all connections, also event streams. A second call does nothing. */
export async function stopListening(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Replies to requests that are not HTTP, or whose headers are too long (wire 1, 10). */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (problem: Error, socket) => {
    if (!socket.writable) return void socket.destroy();
    const tooLong = 'code' in problem && problem.code === 'HPE_HEADER_OVERFLOW';
    const status = tooLong ? 431 : 400;
    const name = STATUS_CODES[status] ?? '';
    const message = tooLong ? 'Exceeded maximum allowed HTTP header size' : 'Client Error';
    const body = JSON.stringify({ error: name, message, statusCode: status });
    socket.end(
      `HTTP/1.1 ${status} ${name}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nContent-Type: application/json\r\n\r\n${body}`,
    );
  });
}
