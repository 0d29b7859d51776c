/**
 * Limits how many values JSON text may hold, before it is parsed. Its size says little: 6 MB can be three million empty
 * lists, and to parse and check those takes seconds during which this process does nothing else.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Bytes of a string that are checked one by one before its end is searched for in one call. */
const SHORT_STRING = 48;
/** Nested brackets. No reply comes near it, and each costs memory here and in the parser. */
const MOST_OPEN = 100_000;

/** JSON text within a limit of values. */
export interface LimitedJson {
  readonly body: Buffer;
  /** Whether values beyond the limit were left out. */
  readonly isCut: boolean;
}

/**
 * The body with at most about `most` values: at the first comma after these, open brackets are closed and the rest is
 * left out. Invalid JSON stays invalid. Linear in time; copies nothing when nothing is cut.
 *
 * @returns null for brackets nested deeper than the limit
 */
export function limitJson(body: Buffer, most: number): LimitedJson | null {
  const open: number[] = [];
  let values = 1;
  for (let at = 0; at < body.length; at += 1) {
    switch (body[at]) {
      case QUOTE:
        at = endOfString(body, at + 1);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        values += 1;
        if (open.push(body[at] === OPEN_LIST ? CLOSE_LIST : CLOSE_OBJECT) > MOST_OPEN) return null;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        open.pop();
        break;
      case COMMA:
        values += 1;
        if (values > most) return { body: closed(body.subarray(0, at), open), isCut: true };
        break;
      default:
    }
  }
  return { body, isCut: false };
}

/** Whether JSON text holds more than about `most` values. */
export function holdsMoreThan(text: string, most: number): boolean {
  // Each value takes a comma or a bracket, and something between two of them.
  if (text.length <= most) return false;
  return limitJson(Buffer.from(text), most)?.isCut ?? true;
}

const closed = (start: Buffer, open: readonly number[]): Buffer =>
  Buffer.concat([start, Buffer.from(open.toReversed())]);

/** The end of the string that begins at `from`; the end of the body when the string is not closed. */
function endOfString(body: Buffer, from: number): number {
  const near = Math.min(body.length, from + SHORT_STRING);
  for (let at = from; at < near; at += 1) {
    if (body[at] === BACKSLASH) at += 1;
    else if (body[at] === QUOTE) return at;
  }
  for (let at = body.indexOf(QUOTE, near); at !== -1; at = body.indexOf(QUOTE, at + 1))
    if (!isEscaped(body, at, from)) return at;
  return body.length;
}

function isEscaped(body: Buffer, at: number, from: number): boolean {
  let before = at - 1;
  while (before >= from && body[before] === BACKSLASH) before -= 1;
  return (at - 1 - before) % 2 === 1;
}
