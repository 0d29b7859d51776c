import { basename } from 'node:path';
import { TABLE_LIMITS } from '../../contract/limits.ts';
import { readTable, type RunTable, type TableExcess } from '../../contract/run-table.ts';
import { tableExcessWords } from '../../contract/text/tables.ts';
import { AppError } from '../base/coded-error.ts';
import { fileErrorOf } from '../base/file-error.ts';
import { decodeText } from '../base/text-encoding.ts';
import { readStart } from '../user-files/open-file.ts';
import { userFiles } from '../user-files/user-files.ts';

/**
 * Reads a table from a file in any common encoding.
 *
 * @throws AppError `table-empty`, `table-unreadable`, `table-too-large`, FileError
 */
export async function tableOfFile(path: string): Promise<RunTable> {
  const name = basename(path);
  const decoded = await decodeText(await bytesOf(path, name), false, null);
  if (decoded === null) throw new AppError('table-unreadable', name);
  return tableOrThrow(readTable(decoded.text, /\.tsv$/i.test(name) ? '\t' : null), name);
}

/**
 * Reads pasted rows. A spreadsheet separates their cells by tabs, whatever else is in them.
 *
 * @throws AppError as `tableOfFile`
 */
export const tableOfText = (text: string, name: string): RunTable =>
  tableOrThrow(readTable(text, text.includes('\t') ? '\t' : null), name);

/** @throws AppError `table-too-large` */
export function refuseExcess(excess: TableExcess): never {
  throw new AppError('table-too-large', tableExcessWords(excess));
}

function tableOrThrow(table: RunTable | TableExcess | null, name: string): RunTable {
  if (table === null) throw new AppError('table-empty', name);
  return 'over' in table ? refuseExcess(table) : table;
}

async function bytesOf(path: string, name: string): Promise<Uint8Array> {
  try {
    return await userFiles.withFile(path, async (file) => {
      const { size, kind } = await file.stat();
      if (kind !== 'file') throw new AppError('table-unreadable', name);
      if (size > TABLE_LIMITS.bytes) refuseExcess({ over: 'bytes', count: size });
      return readStart(file, size);
    });
  } catch (failure) {
    if (failure instanceof AppError) throw failure;
    throw fileErrorOf(failure, name);
  }
}
