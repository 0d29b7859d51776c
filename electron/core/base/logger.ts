/** Where the core logs. Implementations redact (redact.ts) before anything is written to a disk. */
export interface Logger {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Discards everything, for tests and tools. */
export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
