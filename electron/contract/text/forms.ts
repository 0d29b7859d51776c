import { middleTruncate } from '../formats.ts';
import type { FormProblemCode } from '../form-rules.ts';
import type { FormField, FormNote, FormValue } from '../views.ts';

/** What is wrong with the value of a field, as one short sentence. */
export function formProblemWords({ control }: Pick<FormField, 'control'>, code: FormProblemCode): string {
  const { min, max, step, minLength, maxLength } = { ...NO_LIMITS, ...control };
  switch (code) {
    case 'missing':
      return control.kind === 'files'
        ? 'Add a file.'
        : control.kind === 'checkbox'
          ? 'Check it to run.'
          : 'Fill it in.';
    case 'not-a-number':
      return 'Use a number.';
    case 'not-whole':
      return 'Use a whole number.';
    case 'too-small':
      return `Use ${String(min)} or more.`;
    case 'too-large':
      return `Use ${String(max)} or less.`;
    case 'off-step':
      return min === null || min === 0
        ? `Use a multiple of ${String(step)}.`
        : `Use ${String(min)} plus a multiple of ${String(step)}.`;
    case 'too-short':
      return `Use at least ${String(minLength)} characters.`;
    case 'too-long':
      return `Use at most ${String(maxLength)} characters.`;
    case 'no-match':
      return 'The recipe expects another form.';
    case 'no-email':
      return 'Use an email address.';
    case 'no-url':
      return 'Use a web address, such as https://example.org.';
    case 'no-choice':
      return 'Choose one of the options.';
    case 'no-date':
      return 'Use a date or time, such as 2026-05-24 or 17:30.';
    case 'no-colour':
      return 'Use a colour such as #3366cc.';
    case 'not-on-or-off':
      return 'Use true or false.';
    case 'no-text':
      return 'Use a text.';
    case 'too-many-files':
      return 'It takes one file.';
  }
}

const NO_LIMITS = { min: null, max: null, step: null, minLength: null, maxLength: null };

/** What the user should know of a form before filling it in. */
export const FORM_NOTE_WORDS: Readonly<Record<FormNote, string>> = {
  'has-scripts':
    'This form has scripts, which OmniTray does not run. In Omnitool some fields may be hidden or filled in by them.',
  incomplete: 'Some of this form could not be read. Compare it with the form in Omnitool.',
};

/** A value of a form as text; `Empty` for nothing. */
export function formValueWords(value: FormValue): string {
  if (value === null || value === '') return 'Empty';
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  if (Array.isArray(value))
    return value.length === 0 ? 'Empty' : value.map((each: FormValue) => formValueWords(each)).join(', ');
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value);
  const isFlags = entries.every(([, each]) => typeof each === 'boolean');
  const chosen = entries.filter(([, each]) => each === true).map(([name]) => name);
  return isFlags ? chosen.join(', ') || 'Empty' : JSON.stringify(value);
}

/** The value of a field as it is shown beside the form: an option by its label, a choice of several as a list. */
export function fieldValueWords({ control }: Pick<FormField, 'control'>, value: FormValue): string {
  if (control.kind !== 'choice') return formValueWords(value);
  const chosen = (Array.isArray(value) ? value : [value]).map((one: FormValue) => {
    const option = control.options.find((each) => each.value === one);
    return option?.label ?? formValueWords(one);
  });
  return chosen.length === 0 ? formValueWords(null) : chosen.join(', ');
}

/** Texts around a form and its fields. */
export const FORM_WORDS = {
  loading: 'Loading the form.',
  notLoaded: 'The form could not be loaded.',
  retry: 'Try again',
  resetAll: 'Back to defaults',
  wasReset: 'The form is back to its defaults.',
  required: 'Required.',
  unused: 'Omnitool does not use this field.',
  notJson: 'This cannot be read as JSON.',
  json: 'Written as JSON.',
  noField: 'Fills no field of the form. It will not be used.',
  choose: 'Choose',
  none: 'None',
  addFiles: 'Add files',
  replace: 'Replace',
  dropOne: 'or drop one here',
  dropSome: 'or drop files here',
  dropNow: 'Drop to fill this field',
  showIt: 'Show it',
  hasProblem: 'has a field that needs another value',
  messageFirst: 'Sent in place of the field',
  sent: 'What will be sent',
  tooLarge: 'The form holds more than 5 million characters, so it is not saved.',
  tooLargeNext: 'Shorten a text in it. What you wrote stays here until you close the window.',
  everyField: 'Every field is sent, also those you left as they were.',
  notSent: 'Not sent',
  noFile: 'No file',
  optional: 'optional',
} as const;

/** Said when a dropped text was written into a field. */
export const filledInWords = (label: string): string => `The text was written into ${middleTruncate(label, 40)}.`;

/** The choices of a file to go to another field. */
export const fieldMoveWords = (label: string): string => `Move to ${label}`;
export const fieldSwapWords = (label: string): string => `Swap with the file of ${label}`;
export const fieldAlsoWords = (label: string): string => `Use in ${label} too`;

/** Why Run does nothing. */
export const formBlockedWords = (label: string, code: FormProblemCode | null): string =>
  code === 'missing' ? `${label} is not filled in.` : `${label} needs another value.`;

/** `256 to 1536, in steps of 8`; '' when the control has no such limits. */
export function formLimitWords({ control }: Pick<FormField, 'control'>): string {
  if (control.kind !== 'number' || control.min === null || control.max === null) return '';
  const steps = control.step === null || control.step === 1 ? '' : `, in steps of ${String(control.step)}`;
  return `${String(control.min)} to ${String(control.max)}${steps}`;
}

/** The value to which a field is set back, in a few words: `Default: Natural`. */
export function formDefaultWords({ control, initial }: Pick<FormField, 'control' | 'initial'>): string {
  if (control.kind === 'checkbox') return `Default: ${initial === true ? 'on' : 'off'}`;
  if (initial === null || initial === '' || (Array.isArray(initial) && initial.length === 0)) return 'Default: empty';
  if (typeof initial === 'object') return 'Default';
  const option = control.kind === 'choice' ? control.options.find(({ value }) => value === initial) : undefined;
  return `Default: ${middleTruncate(option?.label ?? String(initial), 24)}`;
}
