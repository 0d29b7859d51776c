/** Lines of a CSV file for spreadsheets (RFC 4180). */

/**
 * Begins every file: without it Excel reads a CSV in the code page of the computer, and every letter beyond ASCII comes out
 * wrong. Other programs ignore it.
 */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A spreadsheet calculates a cell that begins so, also one with a full-width sign. */
const FORMULA = /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A text that no spreadsheet calculates: an apostrophe before it makes it a text. Numbers stay numbers, with their sign. What a
 * recipe or a server wrote must not run a formula on the computer of who opens it.
 */
export const harmless = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

/** One line with its end. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`;

const quoted = (cell: string): string => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
