import type { ControlOf, FormControl, FormValue } from '../../../contract/views.ts';
import { isTooDeep } from '../../omnitool/plain-json.ts';
import { fieldsOf } from '../../omnitool/schemas.ts';
import { numberIn } from './form-control.ts';

/** Characters of a text that a recipe brings along. A longer one is not a default. */
const LONGEST_VALUE = 100_000;

/** What a control holds when nothing is filled in. */
export function emptyValue(control: FormControl): FormValue {
  switch (control.kind) {
    case 'checkbox':
      return false;
    case 'number':
    case 'json':
      return null;
    case 'files':
      return [];
    case 'choice':
      if (control.sends === 'many') return [];
      return control.sends === 'one'
        ? null
        : Object.fromEntries(control.options.map(({ value }) => [String(value), false]));
    case 'text':
    case 'date':
    case 'colour':
      return '';
  }
}

/**
 * What a field holds before it is filled in: the default of the form, which Omnitool's page shows; without one the value
 * that the recipe holds, so that what runs is on the screen (wire 13.2).
 */
export function initialValue(control: FormControl, byForm: unknown, kept: unknown): FormValue {
  const found = [byForm, kept].map((value) => valueFor(control, value)).find((value) => value !== undefined);
  return found ?? emptyValue(control);
}

/** A value in the form of a control; undefined when there is none. */
function valueFor(control: FormControl, value: unknown): FormValue | undefined {
  if (value === undefined || value === null || value === '' || isTooDeep(value)) return undefined;
  switch (control.kind) {
    case 'text':
    case 'date':
    case 'colour':
      return typeof value === 'string' && value.length <= LONGEST_VALUE
        ? value
        : typeof value === 'number'
          ? String(value)
          : undefined;
    case 'number':
      return numberIn(value) ?? undefined;
    case 'checkbox':
      return value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;
    case 'choice':
      return choiceFor(control, value);
    case 'files':
      // A sample file of the recipe's author, which is not on this computer.
      return undefined;
    case 'json':
      return jsonValue(value);
  }
}

function choiceFor(control: ControlOf<'choice'>, value: unknown): FormValue | undefined {
  const optionOf = (one: unknown): FormValue | undefined =>
    control.options.find((option) => String(option.value) === String(one))?.value;
  if (control.sends === 'one') return optionOf(value);
  if (control.sends === 'many')
    return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => optionOf(one) ?? []);
  const chosen = fieldsOf(value);
  return Object.fromEntries(
    control.options.map((option) => [String(option.value), chosen[String(option.value)] === true]),
  );
}

/** A copy of a plain value; undefined when it is too long for a default. */
function jsonValue(value: unknown): FormValue | undefined {
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? undefined : (JSON.parse(text) as FormValue);
}
