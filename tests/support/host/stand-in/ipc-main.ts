import { EventEmitter } from 'node:events';
import type { TrafficRecord } from '../recorder.ts';
import { decodeClone, encodeClone, readable } from './clone-codec.ts';
import { guard } from './guard.ts';
import { refuse, report } from './link.ts';
import type { DoorMessage, PageMessage } from './page-runtime.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;

/** Every message in either direction, for the specs that look for a secret in them. */
const traffic: TrafficRecord[] = [];

export function recordTraffic(direction: TrafficRecord['direction'], channel: string, value: unknown): void {
  traffic.push({ direction, channel, text: readable(value) });
}

export const ipcControl = {
  ipcTraffic: (): readonly TrafficRecord[] => [...traffic],
};

const handlers = new Map<string, Handler>();

class StandInIpcMain extends EventEmitter implements Pick<Electron.IpcMain, 'removeHandler'> {
  handle(channel: string, handler: Handler): void {
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    if (handlers.has(channel)) refuse(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

const rawIpcMain = new StandInIpcMain();

export const ipcMain = guard('ipcMain', rawIpcMain);

/** An `invoke` of a page. Only the message of what went wrong crosses, as in Electron. */
export async function answerInvoke(
  message: Extract<PageMessage, { type: 'invoke' }>,
  event: object,
): Promise<DoorMessage> {
  const { id, channel } = message;
  try {
    const args = decodeClone(message.args) as unknown[];
    recordTraffic('to-main', channel, args);
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const value: unknown = await handler(event, ...args);
    const reply = encodeClone(value);
    recordTraffic('to-page', channel, value);
    return { type: 'reply', id, ok: true, value: reply };
  } catch (problem) {
    const text = `Error invoking remote method '${channel}': ${String(problem)}`;
    recordTraffic('to-page', channel, text);
    return { type: 'reply', id, ok: false, message: text };
  }
}

/** A `send` of a page. Electron drops what nobody listens to; a spec should know. */
export function takeSend(message: Extract<PageMessage, { type: 'send' }>, event: object): void {
  const args = decodeClone(message.args) as unknown[];
  recordTraffic('to-main', message.channel, args);
  const heard = rawIpcMain.emit(message.channel, event, ...args);
  if (!heard) report(`The page sent '${message.channel}', and nobody in the main process listens.`);
}
