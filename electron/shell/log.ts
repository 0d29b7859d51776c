import { join } from 'node:path';
import log from 'electron-log/node';
import { clearWay } from '../core/clear-way.ts';
import type { Logger } from '../core/log/logger.ts';
import { redact } from '../core/log/redact.ts';

/** Bytes after which the log is turned over; one older file is kept. */
const LONGEST_LOG = 1_000_000;

/** Writes to `folder`; every message and fact passes through redaction first, so that no token reaches the disk. */
export function openLog(folder: string): { readonly logger: Logger; readonly file: string } {
  const file = join(folder, 'omnitray.log');
  const inTheWay = [clearWay(folder, 'folder', Date.now()), clearWay(file, 'file', Date.now())].filter(
    (path) => path !== null,
  );
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.maxSize = LONGEST_LOG;
  log.transports.console.level = false;
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, facts?: Readonly<Record<string, unknown>>): void =>
      log[level](...(facts === undefined ? [redact(message)] : [redact(message), redact(facts)]));
  const logger = { info: write('info'), warn: write('warn'), error: write('error') };
  // The file is there from the first moment, so that Settings has one to show.
  logger.info('OmniTray starts.');
  for (const path of inTheWay) logger.warn('Something else was in the place of the log. It was renamed.', { path });
  return { logger, file };
}

/**
 * What nobody foresaw goes to the log, and the program goes on: what matters is in the database, and ending would stop
 * everything else that runs. Without this, Electron shows a stack trace, and says nothing at all of a rejected promise.
 */
export function logTheUnexpected(logger: Logger): void {
  process.on('uncaughtException', (failure) => logger.error('Something unexpected went wrong.', { failure }));
  process.on('unhandledRejection', (failure) => logger.error('Something unexpected went wrong.', { failure }));
}
