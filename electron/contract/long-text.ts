import type { Dropped } from './calls/dropped.ts';
import { LIMITS, MAX_BYTES } from './limits.ts';

/** A text as something to add: as a text, or as a text file where it is longer than a text may be. */
export function textThing(text: string, name: string): Pick<Dropped, 'texts' | 'unsaved'> {
  if (text.length <= LIMITS.text) return { texts: [text], unsaved: [] };
  const bytes = new TextEncoder().encode(text);
  const { byteLength: size } = bytes;
  return { texts: [], unsaved: [{ name: `${name}.txt`, size, bytes: size > MAX_BYTES ? null : bytes }] };
}
