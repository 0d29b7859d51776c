import { createHash } from 'node:crypto';
import { changesAt } from '../../contract/text/changes.ts';
import { placeOf } from '../../contract/kinds.ts';
import type { ReceiptView, SentFactsView } from '../../contract/views.ts';
import { isUploaded } from './assemble.ts';
import { changesOf } from './changes.ts';
import { isIn, type Run, type RunInput } from './run.ts';

/** The facts of one sent input: its argument, its size and hash, and how it was changed. */
export function sentFacts(input: RunInput, { takes, form }: Pick<Run, 'takes' | 'form'>): SentFactsView {
  const field = form?.find(({ key }) => key === input.field);
  // A file of a form keeps its bytes, as a document does.
  const place = field === undefined ? placeOf(input, takes) : 'documents';
  const sentAs = field === undefined ? place : field.sendAs;
  const { size, sha256, text } = input;
  const sent = text === null || isUploaded(input, takes) ? { size, sha256 } : bytesOf(text);
  return { sentAs, sent, changes: changesAt(changesOf(input), place) };
}

/** Size and hash of a text as the start carries it. */
export const bytesOf = (text: string): SentFactsView['sent'] => ({
  size: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
});

/** Whether the server accepted the run. A run that was given up was unconfirmed before, so its start is unknown. */
export function startOf(run: Run): ReceiptView['start'] {
  if (run.startedAt !== null) return 'taken';
  return isIn(run, 'starting', 'unconfirmed') || run.reason === 'given-up' ? 'unknown' : 'not-sent';
}
