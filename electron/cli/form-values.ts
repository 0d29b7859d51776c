import { dirname, resolve } from 'node:path';
import { foldText } from '../contract/recipe-search.ts';
import { listWords } from '../contract/formats.ts';
import { valueFromText } from '../contract/form-text.ts';
import type { FormField, FormValue, FormValues, RecipeForm } from '../contract/views.ts';
import { UsageError } from './arguments.ts';
import { nearest } from './nearest.ts';
import { textOfFile } from './text-file.ts';

/** What a form is filled in with on a command line: its values, and the file for each field of files. */
export interface FilledForm {
  readonly values: FormValues;
  readonly files: readonly { readonly path: string; readonly field: string }[];
}

/** The names that are listed when one is unknown. */
const MOST_NAMED = 12;

/**
 * Fills in a form. `valuesFile` is a JSON file of values by name; `set` are settings such as `width=512`, `prompt=@text.txt` or
 * `image=@photo.png`, which count before those of the file.
 *
 * @throws UsageError for an unknown name, and for a value that does not fit its field
 */
export async function fillIn(
  recipe: { readonly name: string; readonly form: RecipeForm | null },
  set: readonly string[],
  valuesFile: string | null,
): Promise<FilledForm> {
  const { form, name } = recipe;
  if (set.length === 0 && valuesFile === null) return { values: {}, files: [] };
  if (form === null) throw new UsageError(`${name} has no form, so --set and --values have no use`);
  const values: Record<string, FormValue> = {};
  const files: { path: string; field: string }[] = [];
  if (valuesFile !== null) {
    const folder = dirname(resolve(valuesFile));
    for (const [given, value] of Object.entries(await valuesIn(valuesFile))) {
      const field = fieldNamed(form, name, given);
      if (field.control.kind === 'files') files.push(...pathsIn(field, value, folder));
      else values[field.key] = typeof value === 'string' ? read(field, value) : value;
    }
  }
  const replaced = new Set<string>();
  for (const setting of set) {
    const { given, text } = partsOf(setting);
    const field = fieldNamed(form, name, given);
    const { key, control } = field;
    if (control.kind === 'files') {
      // Settings of one command add up; together they replace the files of the values file.
      if (!replaced.has(key)) files.splice(0, files.length, ...files.filter((file) => file.field !== key));
      replaced.add(key);
      if (text !== '') files.push({ path: resolve(text.replace(/^@/, '')), field: key });
    } else values[key] = read(field, await textOf(text));
  }
  return { values, files };
}

function partsOf(setting: string): { readonly given: string; readonly text: string } {
  const place = setting.indexOf('=');
  if (place < 1) throw new UsageError(`--set needs a name and a value, such as width=512, not "${setting}"`);
  return { given: setting.slice(0, place).trim(), text: setting.slice(place + 1) };
}

/** A field by its key, or by its label. @throws UsageError that names the inputs that there are */
export function fieldNamed(form: RecipeForm, recipe: string, given: string): FormField {
  const byKey = form.fields.find(({ key }) => key === given);
  const alike = form.fields.filter(({ key, label }) => [key, label].some((name) => foldText(name) === foldText(given)));
  const field = byKey ?? (alike.length === 1 ? alike[0] : undefined);
  if (field !== undefined) return field;
  const names = form.fields.slice(0, MOST_NAMED).map(({ key }) => key);
  const known = names.length === 0 ? 'It has no inputs' : `It has ${listWords(names)}`;
  const meant = nearest(
    given,
    form.fields.flatMap(({ key, label }) => [key, label]),
  );
  const guess = meant === null ? '' : `Did you mean ${meant}? `;
  throw new UsageError(
    `${recipe} has no input "${given}". ${guess}${known}${form.fields.length > MOST_NAMED ? ' and more' : ''}`,
  );
}

/** `@file` stands for the text of a file, `@-` for standard input, `@@` for a text that begins with @. */
async function textOf(text: string): Promise<string> {
  if (!text.startsWith('@')) return text;
  if (text.startsWith('@@')) return text.slice(1);
  return textOfFile(text.slice(1));
}

async function valuesIn(path: string): Promise<FormValues> {
  const text = await textOfFile(path);
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as FormValues;
  } catch {
    // Said below.
  }
  throw new UsageError(`"${path}" is not a JSON object with a value for each name`);
}

function pathsIn({ key, label }: FormField, value: FormValue, folder: string): FilledForm['files'] {
  const paths = Array.isArray(value) ? value : value === null || value === '' ? [] : [value];
  return paths.map((path: FormValue) => {
    if (typeof path !== 'string') throw new UsageError(`${label} (${key}) takes paths of files`);
    return { path: resolve(folder, path.replace(/^@/, '')), field: key };
  });
}

/** @throws UsageError for a text that is no value of the field. Limits are checked later, with all fields. */
function read(field: FormField, text: string): FormValue {
  const found = valueFromText(field, text);
  if ('value' in found) return found.value;
  throw new UsageError(
    `${field.key} takes ${expectedWords(field, found.code)}${found.code === 'no-json' ? '' : `, not "${found.word}"`}`,
  );
}

function expectedWords({ control }: FormField, code: string): string {
  if (control.kind === 'choice') {
    const names = control.options.slice(0, MOST_NAMED).map(({ value }) => String(value));
    return `${listWords(names, 'or')}${control.options.length > MOST_NAMED ? ' and others' : ''}`;
  }
  return code === 'no-json' ? 'JSON' : code === 'not-a-number' ? 'a number' : 'true or false';
}
