import { formValueWords } from '../contract/text/forms.ts';
import { listWords } from '../contract/formats.ts';
import { someWords } from '../contract/text/kinds.ts';
import type { AttachmentKind, ControlOf, FormControl, FormField, FormValue, RecipeForm } from '../contract/views.ts';

/** Characters of a value that a table shows. */
const LONGEST_SHOWN = 60;

/** The inputs of a form as rows of a table: name, what it takes, what it holds when it is not set. */
export const inputRows = ({ fields }: RecipeForm): readonly (readonly string[])[] =>
  fields.map((field) => [`  ${field.key}`, takesWords(field), holdsWords(field)]);

function holdsWords({ control, initial, sendAs, isRequired }: FormField): string {
  if (sendAs === null) return 'Omnitool does not use it';
  const needed = isRequired ? 'required' : '';
  if (control.kind === 'files' || initial === null || initial === '') return needed;
  const words = formValueWords(initial).replaceAll(/\s+/g, ' ');
  return words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN - 1)}…` : words;
}

function takesWords({ control, label, key }: FormField): string {
  const name = label === key ? '' : `${label}: `;
  return `${name}${controlWords(control)}`;
}

/** What a control takes, with its limits, for the middle of a sentence: `whole number from 1 to 10`. */
export function controlWords(control: FormControl): string {
  switch (control.kind) {
    case 'text':
      return textWords(control);
    case 'number':
      return numberWords(control);
    case 'checkbox':
      return 'true or false';
    case 'choice': {
      const options = control.options.map(({ value }) => String(value));
      return control.sends === 'one' ? listWords(options, 'or') : `some of ${options.join(', ')}`;
    }
    case 'date':
      return control.has === 'both' ? 'date and time' : control.has;
    case 'colour':
      return 'colour such as #3366cc';
    case 'files': {
      const kinds = control.accepts.map((kind) => (control.isMany ? MANY[kind] : someWords(kind, 1)));
      return kinds.length === 0 ? (control.isMany ? 'files' : 'a file') : listWords(kinds, 'or');
    }
    case 'json':
      return `JSON (${control.type})`;
  }
}

function textWords({ format, minLength, maxLength, pattern }: ControlOf<'text'>): string {
  const limits = [
    ...(minLength !== null && minLength > 0 ? [`at least ${String(minLength)} characters`] : []),
    ...(maxLength === null ? [] : [`at most ${String(maxLength)} characters`]),
    ...(pattern === null ? [] : [`written as ${pattern}`]),
  ];
  const kind = format === 'any' ? 'text' : format === 'email' ? 'email address' : 'web address';
  return [kind, ...limits].join(', ');
}

const MANY: Readonly<Record<AttachmentKind, string>> = {
  image: 'images',
  audio: 'audio files',
  video: 'videos',
  document: 'documents',
  json: 'JSON files',
  text: 'texts',
  link: 'links',
};

function numberWords({ min, max, step, isWhole }: ControlOf<'number'>): string {
  const range =
    min !== null && max !== null
      ? ` from ${String(min)} to ${String(max)}`
      : min !== null
        ? ` of ${String(min)} or more`
        : max !== null
          ? ` of ${String(max)} or less`
          : '';
  return `${isWhole ? 'whole number' : 'number'}${range}${step === null ? '' : `, in steps of ${String(step)}`}`;
}

/** The inputs of a form as a JSON Schema (2020-12), for programs that fill them in with `--values`. */
export const inputSchema = ({ fields }: RecipeForm): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: Object.fromEntries(fields.map((field) => [field.key, schemaOf(field)])),
  // What is left out is sent as the form holds it.
  required: fields.filter(({ isRequired, initial }) => isRequired && isEmpty(initial)).map(({ key }) => key),
  additionalProperties: false,
});

/** What a required field cannot be left at. */
const isEmpty = (value: FormValue): boolean =>
  value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0);

function schemaOf({ control, label, description, initial, isRequired }: FormField): object {
  const about = [description, control.kind === 'files' ? pathWords(control) : ''].filter((part) => part !== '');
  return {
    title: label,
    ...(about.length === 0 ? {} : { description: about.join(' ') }),
    ...controlSchema(control, isRequired),
    ...(initial === null || initial === '' || control.kind === 'files' || (isRequired && isEmpty(initial))
      ? {}
      : { default: initial }),
  };
}

const pathWords = ({ isMany }: ControlOf<'files'>): string => (isMany ? 'Paths of files.' : 'The path of a file.');

function controlSchema(control: FormControl, isRequired: boolean): object {
  switch (control.kind) {
    case 'text': {
      const { maxLength, pattern, format } = control;
      // An optional text may be left empty, whatever its limits.
      const minLength = isRequired ? Math.max(1, control.minLength ?? 0) : null;
      return {
        type: 'string',
        ...given({
          minLength,
          maxLength,
          pattern: pattern === null ? null : `^(?:${pattern})${isRequired ? '' : '?'}$`,
        }),
        ...(format === 'any' ? {} : { format: format === 'url' ? 'uri' : format }),
      };
    }
    case 'number':
      return {
        type: control.isWhole ? 'integer' : 'number',
        ...given({ minimum: control.min, maximum: control.max }),
        // JSON Schema counts steps from zero.
        ...given({ multipleOf: (control.min ?? 0) === 0 ? control.step : null }),
      };
    case 'checkbox':
      return isRequired ? { const: true } : { type: 'boolean' };
    case 'choice':
      return choiceSchema(control, isRequired);
    case 'date':
      return { type: 'string' };
    case 'colour':
      return { type: 'string', pattern: '^#[0-9a-fA-F]{6}$' };
    case 'files':
      return control.isMany
        ? { type: 'array', items: { type: 'string' }, ...(isRequired ? { minItems: 1 } : {}) }
        : { type: 'string' };
    case 'json':
      return {};
  }
}

function choiceSchema({ options, sends }: ControlOf<'choice'>, isRequired: boolean): object {
  const values = options.map(({ value }) => value);
  if (sends === 'one') return { enum: values };
  if (sends === 'many') return { type: 'array', items: { enum: values }, ...(isRequired ? { minItems: 1 } : {}) };
  return {
    type: 'object',
    properties: Object.fromEntries(values.map((value) => [String(value), { type: 'boolean' }])),
    additionalProperties: false,
  };
}

const given = (limits: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== null));
