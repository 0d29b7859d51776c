/** The only channel for calls, so that no call can avoid the checks in shell/ipc.ts. */
export const CALL_CHANNEL = 'omnitray:call';
/** The only channel for events. */
export const EVENT_CHANNEL = 'omnitray:event';
