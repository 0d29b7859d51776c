import type { OmnitoolServer, RunSession } from './server.ts';
import type { ServerEvent } from './server-event.ts';

export interface DrainOptions {
  /** The job whose end is waited for; null when it is not known: then the end of any. */
  readonly jobId: string | null;
  /** Silence of the session after which nothing more is expected, in ms. */
  readonly quietMs: number;
  /** All of it takes no longer than this, in ms. */
  readonly longestMs: number;
  /** Each event as it comes. The server tells it only once (wire 12), so keep it at once. */
  readonly onEvent: (event: ServerEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

/** After the end of the job nothing more comes (wire 9.2); this is for what overtook it. */
const SETTLE_MS = 20;

export interface Drained {
  /**
   * Whether the end of the job was among it. It is not after a restart of the server, which forgets what it kept, nor
   * when the session was read before.
   */
  readonly complete: boolean;
  /** Messages that could not be read: with one of them, what was said is not known to be whole. */
  readonly skipped: number;
}

/**
 * Reads what the server kept for a run's session, and closes the stream again.
 *
 * @throws OmnitoolError what `listen` and its stream throw; and what `onEvent` throws
 */
export async function drainSession(
  server: OmnitoolServer,
  session: RunSession,
  { jobId, quietMs, longestMs, onEvent, signal }: DrainOptions,
): Promise<Drained> {
  const stream = await server.listen({ session, signal });
  let complete = false;
  // Taking leave loses nothing: what is on its way is still read.
  const end = (): void => void stream.close();
  const endIfQuiet = (): void => {
    if (stream.isInMessage) quiet.refresh();
    else end();
  };
  let quiet = setTimeout(endIfQuiet, quietMs);
  const longest = setTimeout(end, longestMs);
  try {
    for await (const event of stream.events()) {
      onEvent(event);
      if (!isOfSession(event)) continue;
      complete ||= event.type === 'job-finished' && (jobId === null || event.jobId === jobId);
      clearTimeout(quiet);
      quiet = setTimeout(endIfQuiet, complete ? Math.min(SETTLE_MS, quietMs) : quietMs);
    }
  } finally {
    clearTimeout(quiet);
    clearTimeout(longest);
    await stream.close();
  }
  return { complete, skipped: stream.skipped };
}

const OF_SESSION: ReadonlySet<ServerEvent['type']> = new Set([
  'job-started',
  'job-finished',
  'node-started',
  'node-finished',
  'block-failed',
  'chat',
]);

/** Every stream also carries news of the user's other runs (wire 9.4): they may go on for hours. */
const isOfSession = ({ type }: ServerEvent): boolean => OF_SESSION.has(type);
