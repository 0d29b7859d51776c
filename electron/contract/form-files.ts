import { shownFields } from './form-rules.ts';
import { placeOf, type Placeable } from './kinds.ts';
import type { ControlOf, DraftMode, FormField, FormValues, InputKind, RecipeForm } from './views.ts';

/** The facts of a thing that decide which field of a form it fills. */
interface FormThing extends Placeable {
  /** The field that the user chose; null: the first that takes it. */
  readonly field: string | null;
}

type FilesField = FormField & { readonly control: ControlOf<'files'> };

const isFilesField = (field: FormField): field is FilesField => field.control.kind === 'files';
const takesAny = ({ control }: FilesField): boolean => control.accepts.length === 0;
const takesKind = (field: FilesField, kind: Placeable['kind']): boolean =>
  takesAny(field) || field.control.accepts.includes(kind);

/**
 * The field of the form that each file fills: the chosen one, else the first shown one with room that takes its kind.
 * Things without a field are not in the map: the chat inputs of the recipe may take them.
 */
export const placeInForm = <T extends FormThing>(
  things: readonly T[],
  form: RecipeForm | null,
  values: FormValues,
): ReadonlyMap<T, string> => placeIn(things, filesFields(form, values));

const filesFields = (form: RecipeForm | null, values: FormValues): readonly FilesField[] =>
  form === null ? [] : shownFields(form, values).filter(isFilesField);

function placeIn<T extends FormThing>(things: readonly T[], fields: readonly FilesField[]): ReadonlyMap<T, string> {
  const files = things.filter(({ kind }) => kind !== 'text' && kind !== 'link');
  const placed = new Map<T, string>();
  const filled = new Set<string>();
  const place = (file: T, key: string): void => {
    placed.set(file, key);
    filled.add(key);
  };
  const hasRoom = ({ key, control }: FilesField): boolean => control.isMany || !filled.has(key);
  for (const file of files) if (fields.some(({ key }) => key === file.field)) place(file, file.field ?? '');
  for (const file of files) {
    if (placed.has(file)) continue;
    const fitting = fields.filter((field) => takesKind(field, file.kind) && hasRoom(field));
    // A field for any file comes after one that names the kind.
    const field = fitting.find((each) => !takesAny(each)) ?? fitting[0];
    if (field !== undefined) place(file, field.key);
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
  const fields = filesFields(form, values);
  const together = mode === 'each' ? null : placeIn(things, fields);
  return things.filter((thing) => (together ?? placeIn([thing], fields)).has(thing) || placeOf(thing, takes) !== null);
}
