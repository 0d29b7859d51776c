import type { AttachmentKind, FormControl, FormOption } from '../../../contract/views.ts';
import { fieldsOf } from '../../omnitool/schemas.ts';
import type { BlockInput } from './form-block.ts';

/** One component of a form.io schema, as it was read: untrusted. */
export type Component = Readonly<Record<string, unknown>>;

/** The control of an input component; `isWhole` is false when a part of it could not be read. */
export interface ReadControl {
  readonly control: FormControl;
  readonly isWhole: boolean;
}

const MOST_OPTIONS = 1_000;
const LONGEST_PATTERN = 1_000;

const whole = (control: FormControl): ReadControl => ({ control, isWhole: true });
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A finite number, also one that is written as a text, which the form builder makes of limits. */
export function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** How an input component is filled in. `input` is the input of the block with its key, if there is one. */
export function controlOf(component: Component, input: BlockInput | undefined): ReadControl {
  const type = textIn(component.type);
  // What a block takes as files cannot be filled in as a text, whatever the form says.
  if (input !== undefined && input.files !== null) return whole(filesOf(component, input));
  const isSeveral = component.multiple === true;
  switch (type) {
    case 'file':
    case 'imagedraw':
      return whole(filesOf(component, input));
    case 'select':
      return selectOf(component, input);
    case 'radio':
      return choiceOf(optionsIn(component.values), 'one');
    case 'selectboxes':
      return choiceOf(optionsIn(component.values), 'flags');
    case 'checkbox':
      return whole({ kind: 'checkbox' });
    case 'number':
    case 'currency':
      return isSeveral ? jsonOf(type) : whole(numberOf(component, input));
    case 'datetime':
    case 'day':
    case 'time':
    case 'date':
      return whole(dateOf(type, component));
    case 'color':
    case 'colour':
      return whole({ kind: 'colour' });
    case 'textfield':
    case 'textarea':
    case 'password':
    case 'phoneNumber':
    case 'email':
    case 'url':
    case 'tags':
    case 'hidden':
      return isSeveral ? jsonOf(type) : whole(textControlOf(type, component));
    default:
      return { control: { kind: 'json', type }, isWhole: false };
  }
}

const jsonOf = (type: string): ReadControl => whole({ kind: 'json', type });

function textControlOf(type: string, component: Component): FormControl {
  const { minLength, maxLength, pattern } = fieldsOf(component.validate);
  if (component.inputType === 'color') return { kind: 'colour' };
  const found = textIn(pattern);
  return {
    kind: 'text',
    isLong: type === 'textarea',
    format: type === 'email' || type === 'url' ? type : 'any',
    minLength: numberIn(minLength),
    maxLength: numberIn(maxLength),
    // The server checks nothing (wire 13.2), so a pattern that is left out refuses nothing that Omnitool would take.
    pattern: found !== '' && found.length <= LONGEST_PATTERN && isExpression(found) ? found : null,
  };
}

/** A repeated group, a back-reference or a look-around: such a pattern of a stranger can take hours on a short text. */
const SLOW_PATTERN = /\)[*+?{]|\\[1-9k]|\(\?[=!<]/;

function isExpression(pattern: string): boolean {
  if (SLOW_PATTERN.test(pattern)) return false;
  try {
    return new RegExp(`^(?:${pattern})$`, 'v') instanceof RegExp;
  } catch {
    return false;
  }
}

function numberOf(component: Component, input: BlockInput | undefined): FormControl {
  const { min, max, step, integer } = fieldsOf(component.validate);
  const given = numberIn(step);
  return {
    kind: 'number',
    min: numberIn(min) ?? input?.min ?? null,
    max: numberIn(max) ?? input?.max ?? null,
    step: given !== null && given > 0 ? given : null,
    isWhole: integer === true || component.decimalLimit === 0,
  };
}

function dateOf(type: string, { enableDate, enableTime }: Component): FormControl {
  if (type === 'day') return { kind: 'date', has: 'date', writes: 'day' };
  if (type === 'time') return { kind: 'date', has: 'time', writes: 'time' };
  const has = enableDate === false ? 'time' : enableTime === false || type === 'date' ? 'date' : 'both';
  return { kind: 'date', has, writes: 'iso' };
}

function selectOf(component: Component, input: BlockInput | undefined): ReadControl {
  const data = fieldsOf(component.data);
  const listed = optionsIn(data.values ?? component.values);
  const own = listed.length > 0 ? listed : optionsIn(data.json);
  const options = own.length > 0 ? own : optionsIn(input?.choices);
  // Its choices come from an address or a script: any text may be the right one.
  if (options.length === 0) return { control: textControlOf('textfield', component), isWhole: false };
  return choiceOf(options, component.multiple === true ? 'many' : 'one');
}

function choiceOf(options: readonly FormOption[], sends: 'one' | 'many' | 'flags'): ReadControl {
  return {
    control: { kind: 'choice', options: options.slice(0, MOST_OPTIONS), sends },
    isWhole: options.length <= MOST_OPTIONS,
  };
}

/** The options of a list of values or of objects with a value and a label; the rest is left out. */
function optionsIn(list: unknown): readonly FormOption[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, MOST_OPTIONS + 1).flatMap((entry: unknown) => {
    const { value = entry, label, title } = fieldsOf(entry);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
    // The form builder adds an empty option to each list.
    if (value === '') return [];
    const words = [label, title].find((text) => typeof text === 'string' && text.trim() !== '');
    return [{ value, label: typeof words === 'string' ? words : String(value) }];
  });
}

function filesOf(component: Component, input: BlockInput | undefined): FormControl {
  const isDrawing = component.type === 'imagedraw';
  const meant = isDrawing || component.image === true ? (['image'] as const) : kindsIn(component.filePattern);
  const takes = input?.files ?? [];
  return {
    kind: 'files',
    accepts: takes.length > 0 ? takes : meant,
    // The block uses the first of several files only, unless its input takes a list (wire 13.3).
    isMany: input === undefined ? component.multiple === true : input.takesMany,
    isDrawing,
    isPlain: input?.isArraySocket === true,
  };
}

const KIND_PATTERNS: readonly (readonly [RegExp, AttachmentKind])[] = [
  [/^image\/|^\.(png|jpe?g|gif|webp|svg|bmp|avif|tiff?|heic)$/, 'image'],
  [/^audio\/|^\.(mp3|wav|ogg|flac|m4a)$/, 'audio'],
  [/^video\/|^\.(mp4|webm|mov|mkv)$/, 'video'],
  [/^(text|application)\/|^\.(txt|md|pdf|csv|docx?|html?)$/, 'document'],
];

/** The kinds of files of a pattern such as `image/*, .pdf`; none when a part of it names no kind. */
function kindsIn(pattern: unknown): readonly AttachmentKind[] {
  const parts = textIn(pattern)
    .toLowerCase()
    .split(/[,;\s]+/)
    .filter((part) => part !== '');
  const kinds = parts.map((part) => KIND_PATTERNS.find(([shape]) => shape.test(part))?.[1]);
  return kinds.includes(undefined) ? [] : [...new Set(kinds.filter((kind) => kind !== undefined))];
}
