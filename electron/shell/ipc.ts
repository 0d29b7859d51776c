import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import type { AnswerOf, CallName, RequestOf } from '../contract/calls.ts';
import { CALLS, isCallName } from '../contract/calls.ts';
import { limitMet } from '../contract/calls/call.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../contract/channels.ts';
import type { Result } from '../contract/errors.ts';
import type { EventName, Events } from '../contract/events.ts';
import { AppError } from '../core/base/coded-error.ts';
import { errorView } from '../core/base/error-view.ts';
import type { Handlers } from '../core/app/handlers.ts';
import type { Logger } from '../core/base/logger.ts';

export interface CallerCheck {
  isOwnWindow(contents: WebContents): boolean;
  isOwnPage(url: string): boolean;
}

/**
 * Answers calls from our own pages. The only `ipcMain.handle` there is: it checks who asks, parses what they ask
 * with the schema of the call, and turns failures into results. It never throws into the page.
 */
export function answerCalls(handlers: Handlers, caller: CallerCheck, logger: Logger): void {
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, request: unknown): Promise<Result<unknown>> => {
    try {
      if (!isOwnPage(event, caller)) throw new AppError('not-allowed');
      if (!isCallName(name)) throw new AppError('bad-request');
      return { ok: true, value: await answer(handlers, name, request) };
    } catch (failure) {
      const error = errorView(failure);
      if (error.code === 'internal') logger.error('A call failed.', { name, failure });
      return { ok: false, error };
    }
  });
}

/** A message is ours only from the main frame of one of our windows, showing our own page. */
const isOwnPage = ({ sender, senderFrame }: IpcMainInvokeEvent, caller: CallerCheck): boolean =>
  caller.isOwnWindow(sender) &&
  senderFrame !== null &&
  senderFrame === sender.mainFrame &&
  caller.isOwnPage(senderFrame.url);

async function answer<Name extends CallName>(
  handlers: Handlers,
  name: Name,
  request: unknown,
): Promise<AnswerOf<Name>> {
  const parsed = CALLS[name].request.safeParse(request);
  if (!parsed.success) {
    const limit = limitMet(parsed.error);
    throw limit === null ? new AppError('bad-request', name) : new AppError('over-limit', limit);
  }
  const handler: (request: RequestOf<Name>) => Promise<AnswerOf<Name>> | AnswerOf<Name> = handlers[name];
  // The schema of this very call produced it; TypeScript cannot follow the two through one generic name.
  return handler(parsed.data as RequestOf<Name>);
}

/** Tells one window what happened. */
export function tellPage<Name extends EventName>(contents: WebContents, name: Name, payload: Events[Name]): void {
  if (!contents.isDestroyed()) contents.send(EVENT_CHANNEL, name, payload);
}
