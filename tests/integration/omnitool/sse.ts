import { serialize } from '@ungap/structured-clone';
import { systemClock } from '../../../electron/core/base/clock.ts';
import { type Drained, type DrainOptions, SessionDrain } from '../../../electron/core/omnitool/drain.ts';
import type { ServerEvent } from '../../../electron/core/omnitool/server-event.ts';
import type { OmnitoolServer, RunSession } from '../../../electron/core/omnitool/server.ts';
import { reply, type Act } from '../../support/scripted-server.ts';

export const LISTEN = 'GET /api/v1/mercenaries/listen';
export const TYPE = { 'content-type': 'text/event-stream; charset=utf-8' };
export const SESSION = { cookie: 'sessionId=run' };

/** A message in the server's format (wire 9). */
export const message = (decoded: unknown): string => `id: sse\ndata: ${JSON.stringify(serialize(decoded))}\n\n`;
export const toast = (text: string): string => message({ type: 'client:toast', body: { message: text } });
export const heardToast = (text: string): ServerEvent => ({ type: 'toast', message: text });

/** Sends all parts and ends. */
export const says = (...parts: readonly string[]): Act => reply(200, parts.join(''), TYPE);
/** Sends all parts and stays open until the client leaves. */
export const staysAfter =
  (...parts: readonly string[]): Act =>
  (response) => {
    response.writeHead(200, TYPE).write(parts.join(''));
  };

/** Reads a session to the end of its job without a short time limit. */
export const drainSession = (
  client: OmnitoolServer,
  session: RunSession,
  options: Partial<DrainOptions>,
): Promise<Drained> =>
  new SessionDrain(client, session, {
    jobId: null,
    patience: null,
    clock: systemClock,
    onEvent: () => undefined,
    ...options,
  }).over;

export const silentFor = (ms: number): DrainOptions['patience'] => ({ first: ms, more: ms, settle: 20 });
