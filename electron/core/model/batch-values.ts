import { createHash } from 'node:crypto';
import type { BatchColumn, BatchMember, BatchView, FormValue, RunFormField, RunId } from '../../contract/views.ts';
import { formValueWords } from '../../contract/text/forms.ts';
import { excerptOf } from '../base/excerpt.ts';

/** Characters of a value that the page gets. */
const LONGEST_VALUE = 200;
/** Longer values are compared by their digest. */
const LONGEST_KEPT = 200;
/** Fields that are compared; a form may have more, which are not looked at. */
const MOST_COMPARED = 300;
/** Columns that the page gets. */
const MOST_COLUMNS = 30;
/** Different values that the page gets as headings. */
const MOST_HEADINGS = 200;
/** Things that are the same in all runs, as the page gets them. */
const MOST_SAME = 100;

/** A value of a run: what is shown of it, and what tells it from others. */
export interface BatchValue {
  /** Cut, in one line. */
  readonly text: string;
  /** Equal for equal values only. */
  readonly identity: string;
}

/** One thing that may differ between runs, with its value. */
export interface NamedValue extends BatchValue {
  readonly key: string;
  readonly label: string;
}

/** An input of a run, without its bytes. */
export interface BatchInput {
  /** Whether it was written, not a file. */
  readonly isWritten: boolean;
  readonly field: string | null;
  readonly value: BatchValue;
}

/** What a run was given. */
export interface BatchGiven {
  readonly message: BatchValue;
  readonly form: readonly RunFormField[];
  readonly inputs: readonly BatchInput[];
}

/** A value that is shown as `shown` and compared by `whole`, which may be megabytes. */
export const batchValue = (whole: string, shown = whole): BatchValue => ({
  text: excerptOf(shown, LONGEST_VALUE),
  identity: whole.length <= LONGEST_KEPT ? `=${whole}` : createHash('sha256').update(whole).digest('base64'),
});

/** All that a run was given, by name: its form, its files, its texts and its message. */
export function namedValues({ message, form, inputs }: BatchGiven): readonly NamedValue[] {
  const ofField = (key: string): readonly BatchInput[] => inputs.filter(({ field }) => field === key);
  const others = inputs.filter(({ field }) => field === null || !form.some(({ key }) => key === field));
  return [
    ...form.map(({ key, label, value, files }) => ({
      key: `field:${key}`,
      label: label.trim() === '' ? key : label,
      ...(files === null ? formValue(value) : joined(ofField(key))),
    })),
    { key: 'file', label: 'File', ...joined(others.filter(({ isWritten }) => !isWritten)) },
    { key: 'text', label: 'Text', ...joined(others.filter(({ isWritten }) => isWritten)) },
    { key: 'message', label: 'Message', ...message },
  ];
}

/** The number 1 and the text `1` look alike, so they are not told apart. Nothing and the empty text neither. */
function formValue(value: FormValue): BatchValue {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return NOTHING;
  if (typeof value === 'string') return batchValue(value);
  return batchValue(typeof value === 'object' ? JSON.stringify(value) : String(value), formValueWords(value));
}

const NOTHING: BatchValue = { text: '', identity: '=' };

const joined = (inputs: readonly BatchInput[]): BatchValue =>
  inputs.length === 1 && inputs[0] !== undefined
    ? inputs[0].value
    : inputs.length === 0
      ? NOTHING
      : {
          text: excerptOf(inputs.map(({ value }) => value.text).join(', '), LONGEST_VALUE),
          identity: batchValue(inputs.map(({ value }) => value.identity).join('\n')).identity,
        };

interface Compared {
  readonly key: string;
  readonly label: string;
  /** The place of each different value, by its identity. */
  readonly places: Map<string, number>;
  readonly texts: string[];
}

/** Compares runs as they are added. Keeps of each run only the places of its values. */
export class BatchValues {
  readonly #compared: Compared[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #members: { readonly id: RunId; readonly places: number[] }[] = [];

  /** Adds the next run. */
  add(id: RunId, values: readonly NamedValue[]): void {
    const places: number[] = [];
    for (const value of values) {
      const index = this.#indexOf(value);
      const compared = index === null ? undefined : this.#compared[index];
      if (index !== null && compared !== undefined) places[index] = placeIn(compared, value);
    }
    this.#members.push({ id, places });
  }

  /** What differs, and what does not. */
  compared(): Pick<BatchView, 'members' | 'columns' | 'moreColumns' | 'same'> & { readonly texts: Texts } {
    this.#fillIn();
    const differing = this.#compared.flatMap(({ texts }, index) => (texts.length > 1 ? [index] : []));
    const shown = differing.slice(0, MOST_COLUMNS);
    const chosen = shown.flatMap((index) => this.#compared[index] ?? []);
    return {
      columns: chosen.map(({ key, label, texts }): BatchColumn => {
        const values = texts.length > MOST_HEADINGS ? null : [...texts];
        return { key, label, count: texts.length, values };
      }),
      moreColumns: differing.length - shown.length,
      members: this.#members.map(({ id, places }): BatchMember => ({
        id,
        places: shown.map((index) => places[index] ?? 0),
      })),
      same: this.#compared
        .flatMap(({ label, texts }) => (texts.length === 1 && texts[0] ? [{ label, value: texts[0] }] : []))
        .slice(0, MOST_SAME),
      texts: chosen.map(({ texts }) => texts),
    };
  }

  /** A run without a value for a thing that others have has the empty one. */
  #fillIn(): void {
    for (const { places } of this.#members)
      this.#compared.forEach((compared, index) => (places[index] ??= placeIn(compared, NOTHING)));
  }

  #indexOf({ key, label }: NamedValue): number | null {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#compared.length === MOST_COMPARED) return null;
    this.#byKey.set(key, this.#compared.length);
    this.#compared.push({ key, label, places: new Map(), texts: [] });
    return this.#compared.length - 1;
  }
}

/** For each column, the different values. */
export type Texts = readonly (readonly string[])[];

function placeIn({ places, texts }: Compared, { identity, text }: BatchValue): number {
  const known = places.get(identity);
  if (known !== undefined) return known;
  places.set(identity, texts.length);
  texts.push(text);
  return texts.length - 1;
}
