import { shownFields, valueOf } from '../../../contract/form-rules.ts';
import type { ControlOf, FormField, FormValue, FormValues, RecipeForm, RunFormField } from '../../../contract/views.ts';
import { toAsciiName } from '../../omnitool/ascii-name.ts';

/** A file of a form that was uploaded. */
export interface FormFile {
  readonly fid: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * What a filled-in form sends: every field that it shows, always, because the server takes the saved value for a key that is
 * left out, and fails for a field of files (wire 13.2, 13.3).
 */
export const sentFields = (form: RecipeForm, values: FormValues): readonly RunFormField[] =>
  shownFields(form, values).map((field) => sentField(field, valueOf(field, values)));

function sentField({ key, label, sendAs, control }: FormField, value: FormValue): RunFormField {
  const files = control.kind === 'files' ? (control.isPlain ? 'plain' : 'entries') : null;
  const isDate = control.kind === 'date' && typeof value === 'string';
  return { key, label, sendAs, files, value: files !== null ? null : isDate ? dateArg(control, value) : value };
}

/** The arguments of these fields. `filesOf` returns the uploaded files of a field. */
export const formArgs = (
  fields: readonly RunFormField[],
  filesOf: (key: string) => readonly FormFile[],
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fields.flatMap(({ key, sendAs, value, files }) => {
      if (sendAs === null) return [];
      const arg = files === null ? value : filesOf(key).map((file) => fileArg(file, files));
      return [[sendAs, arg] as const];
    }),
  );

/** Without `type`: a declared type of text corrupts the file (wire 13.3). Other letters in a name are lost (wire 5). */
const fileArg = ({ fid, name, size }: FormFile, as: 'entries' | 'plain'): object =>
  as === 'plain'
    ? { fid }
    : { storage: 'b64-fixed-storage-provider', url: `fid://${fid}`, name: toAsciiName(name), size };

/** The text that form.io makes of a date. What is no date of an input goes as it is. */
function dateArg({ writes }: ControlOf<'date'>, value: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(value) ?? [];
  if (writes === 'time') return /^\d\d:\d\d$/.test(value) ? `${value}:00` : value;
  if (writes === 'day') return year === undefined ? value : `${month ?? ''}/${day ?? ''}/${year}`;
  return value;
}
