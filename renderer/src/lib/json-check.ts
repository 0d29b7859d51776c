import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';
import { attachmentProblemWords, isNestedTooDeep } from './contract.ts';

const WORDS: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a name in quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'something follows after the end',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfString: 'a closing quote is missing',
  InvalidNumberFormat: 'this is no number',
  UnexpectedEndOfNumber: 'this is no number',
  InvalidEscapeCharacter: 'a \\ in a text is written \\\\',
  InvalidUnicode: 'a \\u needs four digits after it',
  InvalidCharacter: 'a line break in a text is written \\n',
};

/** The first error in JSON that the user writes, as one sentence; null if it can be sent. Blank text is not sent. */
export function jsonProblem(text: string): string | null {
  if (text.trim() === '') return null;
  // The parser recurses: deeper text would overflow the stack.
  if (isNestedTooDeep(text)) return attachmentProblemWords('too-deep', 'This');
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first !== undefined)
    return `${placeIn(text, first.offset)}: ${WORDS[printParseErrorCode(first.error)] ?? 'this cannot be read'}.`;
  if (typeof value !== 'object') return 'It has to be an object in { } or a list in [ ].';
  return isStrict(text) ? null : 'This cannot be read as JSON.';
}

function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `Line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** `JSON.parse` reads what is sent; the parser above is more tolerant. */
function isStrict(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
