/** The one channel of all calls, so that no call can go round the router's checks. */
export const CALL_CHANNEL = 'omnitray:call';
/** The one channel of all events. */
export const EVENT_CHANNEL = 'omnitray:event';
