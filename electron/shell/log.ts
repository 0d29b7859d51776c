import { existsSync } from 'node:fs';
import { join } from 'node:path';
import log from 'electron-log/node';
import { moveAside } from '../core/base/move-aside.ts';
import type { Logger } from '../core/base/logger.ts';
import { redact } from '../core/base/redact.ts';

/** Bytes after which the log is turned over; one older file is kept. */
const LONGEST_LOG = 1_000_000;

interface OpenedLog {
  readonly logger: Logger;
  readonly file: string;
  /** False where the file cannot be written. The logger works all the same, and its words go nowhere. */
  readonly isWritten: boolean;
}

/** Writes to `folder`; every message and fact passes through redaction first, so that no token reaches the disk. */
export function openLog(folder: string): OpenedLog {
  const file = join(folder, 'omnitray.log');
  const inTheWay = [clearedWay(folder, 'folder'), clearedWay(file, 'file')].filter((path) => path !== null);
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
  return { logger, file, isWritten: existsSync(file) };
}

/** As `clearWay`; where that fails too, the start goes on without a log. */
function clearedWay(path: string, kind: 'file' | 'folder'): string | null {
  try {
    return moveAside(path, kind, Date.now());
  } catch {
    return null;
  }
}

/**
 * What nobody foresaw goes to the log, and the program goes on: what matters is in the database, and ending would stop
 * everything else that runs. Without this, Electron shows a stack trace, and says nothing at all of a rejected promise.
 */
export function logTheUnexpected(logger: Logger): void {
  process.on('uncaughtException', (failure) => logger.error('Something unexpected went wrong.', { failure }));
  process.on('unhandledRejection', (failure) => logger.error('Something unexpected went wrong.', { failure }));
}
