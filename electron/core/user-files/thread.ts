/** The entry of a file thread: carries out one request after the other with blocking calls, which block only itself. */
import { parentPort, workerData } from 'node:worker_threads';
import { perform } from './operations.ts';
import type { FileFailure, FileReply, FileRequest } from './protocol.ts';
import { Trace } from './trace.ts';

const port = parentPort;
if (port === null) throw new Error('This file is for a worker thread.');
// Electron presents an archive (.asar) as a folder, which is wrong for a user's file.
Object.assign(process, { noAsar: true });
const trace = new Trace(new Int32Array(workerData as SharedArrayBuffer));

port.on('message', (request: FileRequest) => {
  trace.begin();
  const reply = replyTo(request);
  const buffers = request.name === 'read' && 'answer' in reply ? [request.ask.into] : [];
  port.postMessage(reply, buffers);
});

function replyTo(request: FileRequest): FileReply {
  try {
    return { answer: perform(request, trace) };
  } catch (failure) {
    return { failure: plainFailure(failure) };
  }
}

function plainFailure(failure: unknown): FileFailure {
  if (!(failure instanceof Error)) return { code: null, message: String(failure), path: null };
  const code = 'code' in failure && typeof failure.code === 'string' ? failure.code : null;
  const path = 'path' in failure && typeof failure.path === 'string' ? failure.path : null;
  return { code, message: failure.message, path };
}
