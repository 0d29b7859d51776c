/** Form and chat inputs read the same arguments (wire 13.2): a message also fills the field of a form that is sent as `text`. */
import type { FormField, FormValues, InputKind, RecipeForm } from './views.ts';

/** The field in whose place a message is sent; null when there is none. `takes` is null when it is unknown. */
export const messageField = (form: RecipeForm | null, takes: readonly InputKind[] | null): FormField | null =>
  takes?.includes('text') === false ? null : (form?.fields.find(({ sendAs }) => sendAs === 'text') ?? null);

/** The values of a form as they are sent together with `text`, the message and texts of the run. */
export function withMessage(
  { form, takes, values }: { form: RecipeForm | null; takes: readonly InputKind[] | null; values: FormValues },
  text: string,
): FormValues {
  const field = text.trim() === '' ? null : messageField(form, takes);
  return field === null ? values : { ...values, [field.key]: text };
}
