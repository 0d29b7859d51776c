import type { Dropped } from './calls/dropped.ts';
import { LIMITS, MAX_BYTES } from './limits.ts';

/** A pasted text in the form that the draft accepts: a text, or a text file when it is longer than `LIMITS.text`. */
export function textThing(text: string, name: string): Pick<Dropped, 'texts' | 'unsaved'> {
  if (text.length <= LIMITS.text) return { texts: [text], unsaved: [] };
  const bytes = new TextEncoder().encode(text);
  const size = bytes.byteLength;
  return { texts: [], unsaved: [{ name: `${name}.txt`, size, bytes: size > MAX_BYTES ? null : bytes }] };
}
