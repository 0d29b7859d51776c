import { shownFields } from './form-rules.ts';
import { placeOf, type Placeable } from './kinds.ts';
import type { DraftMode, FormField, FormValues, InputKind, RecipeForm } from './views.ts';

/** The facts of a thing that decide which field of a form it fills. */
interface FormThing extends Placeable {
  /** The field that the user chose; null: the first that takes it. */
  readonly field: string | null;
}

type FilesField = FormField & { readonly control: FormField['control'] & { readonly kind: 'files' } };

const isFilesField = (field: FormField): field is FilesField => field.control.kind === 'files';
const takesAny = ({ control }: FilesField): boolean => control.accepts.length === 0;
const takesKind = (field: FilesField, kind: Placeable['kind']): boolean =>
  takesAny(field) || field.control.accepts.includes(kind);

/**
 * The field of the form that each file fills: the chosen one, else the first shown one with room that takes its kind.
 * Things without a field are not in the map: the chat inputs of the recipe may take them.
 */
export function placeInForm<T extends FormThing>(
  things: readonly T[],
  form: RecipeForm | null,
  values: FormValues,
): ReadonlyMap<T, string> {
  const fields = form === null ? [] : shownFields(form, values).filter(isFilesField);
  const files = things.filter(({ kind }) => kind !== 'text' && kind !== 'link');
  const placed = new Map<T, string>();
  const hasRoom = ({ key, control }: FilesField): boolean => control.isMany || ![...placed.values()].includes(key);
  for (const file of files) if (fields.some(({ key }) => key === file.field)) placed.set(file, file.field ?? '');
  for (const file of files) {
    if (placed.has(file)) continue;
    const fitting = fields.filter((field) => takesKind(field, file.kind) && hasRoom(field));
    // A field for any file comes after one that names the kind.
    const field = fitting.find((each) => !takesAny(each)) ?? fitting[0];
    if (field !== undefined) placed.set(file, field.key);
  }
  return placed;
}

/** What a recipe takes: its chat inputs (null: unknown), and its form. */
export interface RecipeInputs {
  readonly takes: readonly InputKind[] | null;
  readonly form: RecipeForm | null;
  readonly values: FormValues;
}

/** The things that a recipe uses, in their order. With `each`, every file is looked at alone: it gets a run of its own. */
export function usedIn<T extends FormThing>(
  { takes, form, values }: RecipeInputs,
  things: readonly T[],
  mode: DraftMode,
): readonly T[] {
  const together = placeInForm(things, form, values);
  return things.filter((thing) => {
    const fields = mode === 'each' ? placeInForm([thing], form, values) : together;
    return fields.has(thing) || placeOf(thing, takes) !== null;
  });
}
