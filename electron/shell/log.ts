import { existsSync } from 'node:fs';
import { join } from 'node:path';
import log from 'electron-log/node';
import { moveAside } from '../core/base/move-aside.ts';
import type { Logger } from '../core/base/logger.ts';
import { redact } from '../core/base/redact.ts';

/** Bytes after which a new log file is begun; one older file is kept. */
const LONGEST_LOG = 1_000_000;

interface OpenedLog {
  readonly logger: Logger;
  readonly file: string;
  /** False when the file cannot be written. The logger can still be called. */
  readonly isWritten: boolean;
}

/** Opens a log in `folder`. Every message and fact is redacted before it is written, so that no token reaches the disk. */
export function openLog(folder: string): OpenedLog {
  const file = join(folder, 'omnitray.log');
  const inTheWay = [triedMoveAside(folder, 'folder'), triedMoveAside(file, 'file')].filter((path) => path !== null);
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.maxSize = LONGEST_LOG;
  log.transports.console.level = false;
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, facts?: Readonly<Record<string, unknown>>): void =>
      log[level](...(facts === undefined ? [redact(message)] : [redact(message), redact(facts)]));
  const logger = { info: write('info'), warn: write('warn'), error: write('error') };
  // Creates the file, so that Settings can show it.
  logger.info('OmniTray starts.');
  for (const path of inTheWay) logger.warn('Something else was in the place of the log. It was renamed.', { path });
  return { logger, file, isWritten: existsSync(file) };
}

/** Like `moveAside`, but returns null when that fails: the start goes on without a log. */
function triedMoveAside(path: string, kind: 'file' | 'folder'): string | null {
  try {
    return moveAside(path, kind, Date.now());
  } catch {
    return null;
  }
}

/**
 * Logs uncaught exceptions and rejections. The program goes on: its data is in the database, and ending would stop all
 * other runs. Without these listeners Electron shows a stack trace for an exception, and nothing for a rejection.
 */
export function logUncaught(logger: Logger): void {
  process.on('uncaughtException', (failure) => logger.error('Something unexpected went wrong.', { failure }));
  process.on('unhandledRejection', (failure) => logger.error('Something unexpected went wrong.', { failure }));
}
