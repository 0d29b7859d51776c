import { OmnitoolError } from './errors.ts';

/** Waits for shared work. A caller that aborts stops waiting, but does not end the work. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, route: string): Promise<T> {
  if (signal === undefined) return work;
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    aborted.reject(new OmnitoolError({ code: 'cancelled', method: 'GET', path: route, sent: 'no' }));
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
