import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { type CallName, CALLS, isCallName } from '../contract/calls.ts';
import { limitMet } from '../contract/calls/call.ts';
import { CALL_CHANNEL } from '../contract/channels.ts';
import type { Result } from '../contract/errors.ts';
import { AppError } from '../core/base/coded-error.ts';
import { errorView } from '../core/base/error-view.ts';
import type { Handlers } from '../core/app/handlers.ts';
import type { Logger } from '../core/base/logger.ts';

/** Whether a page of this address in these contents is our own. */
type CallerCheck = (contents: WebContents, url: string) => boolean;

/**
 * Answers calls from our own pages. The only `ipcMain.handle`: it checks the caller, parses the request with the schema
 * of the call, and turns failures into results. It never throws into the page.
 */
export function answerCalls(handlers: Handlers, isOurs: CallerCheck, logger: Logger): void {
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, request: unknown): Promise<Result<unknown>> => {
    try {
      if (!isAllowed(event, isOurs)) throw new AppError('not-allowed');
      if (!isCallName(name)) throw new AppError('bad-request');
      return { ok: true, value: (await answer(handlers, name, request)) ?? null };
    } catch (failure) {
      const error = errorView(failure);
      if (error.code === 'internal') logger.error('A call failed.', { name, failure });
      return { ok: false, error };
    }
  });
}

/** Only the main frame of our own window may call, while it shows our own page. */
const isAllowed = ({ sender, senderFrame }: IpcMainInvokeEvent, isOurs: CallerCheck): boolean =>
  senderFrame !== null && senderFrame === sender.mainFrame && isOurs(sender, senderFrame.url);

function answer(handlers: Handlers, name: CallName, request: unknown): unknown {
  const parsed = CALLS[name].request.safeParse(request);
  if (!parsed.success) {
    const limit = limitMet(parsed.error);
    throw limit === null ? new AppError('bad-request', name) : new AppError('over-limit', limit);
  }
  // The schema of this call produced the data, but TypeScript cannot relate the two through the union of names.
  const handler: (request: never) => unknown = handlers[name];
  return handler(parsed.data as never);
}
