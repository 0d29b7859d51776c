import { problemOf } from './form-rules.ts';
import { valueFromText } from './form-text.ts';
import { numbersNear } from './near-numbers.ts';
import { foldText } from './recipe-search.ts';
import type { ControlOf, FormField } from './views/forms.ts';

/** A text that can be sent in place of one that cannot: what was certainly meant, or the nearest allowed number. Null: none. */
export function suggestionFor(field: FormField, text: string): string | null {
  const suggested = candidate(field, text.trim());
  if (suggested === null || suggested === text) return null;
  const read = valueFromText(field, suggested);
  return 'value' in read && problemOf(field, read.value, 0) === null ? suggested : null;
}

function candidate({ control }: FormField, text: string): string | null {
  switch (control.kind) {
    case 'number':
      return nearest(control, text);
    case 'colour':
      return colourIn(text);
    case 'date':
      return dateIn(control, text);
    case 'choice':
      return control.sends === 'one' ? optionLike(control, text) : null;
    case 'text':
      return control.format === 'url' && /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(text) ? `https://${text}` : null;
    case 'checkbox':
    case 'files':
    case 'json':
      return null;
  }
}

/** A number with a unit, with a comma, or with separators of thousands. */
function numberIn(text: string, isWhole: boolean): number {
  const plain = /^([-+]?\d+(?:\.\d+)?)\s*[\p{L}%°"'²³]*$/u.exec(text)?.[1];
  if (plain !== undefined) return Number(plain);
  if (isWhole && /^\d{1,3}([,.' \u00A0\u202F]\d{3})+$/.test(text)) return Number(text.replaceAll(/\D/g, ''));
  return !isWhole && /^[-+]?\d+,\d{1,2}$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

function nearest(control: ControlOf<'number'>, text: string): string | null {
  const meant = numberIn(text, control.isWhole);
  if (!Number.isFinite(meant)) return null;
  const [below, above] = numbersNear(control, meant);
  if (below === undefined) return null;
  return String(above !== undefined && above - meant <= meant - below ? above : below);
}

function colourIn(text: string): string | null {
  const [, digits] = /^#?([\da-f]{6}|[\da-f]{3})$/i.exec(text) ?? [];
  if (digits === undefined) return null;
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`.toLowerCase();
}

/** Days in the order of the world's standard, or with points, which only one order has. */
function dateIn({ has }: ControlOf<'date'>, text: string): string | null {
  const pad = (digits: string): string => digits.padStart(2, '0');
  if (has === 'time') {
    const [, hours, minutes] = /^(\d{1,2})[:.](\d\d)$/.exec(text) ?? [];
    return hours === undefined || minutes === undefined ? null : `${pad(hours)}:${minutes}`;
  }
  const [, day = '', time = ''] = /^(\S+)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/.exec(text) ?? [];
  const [, year, month, date] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(day) ?? [];
  const [, onlyDate, onlyMonth, onlyYear] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(day) ?? [];
  const parts = year === undefined ? [onlyYear, onlyMonth, onlyDate] : [year, month, date];
  const [first, second, third] = parts;
  if (first === undefined || second === undefined || third === undefined) return null;
  const iso = `${first}-${pad(second)}-${pad(third)}`;
  if (Number.isNaN(Date.parse(iso))) return null;
  return has === 'date' ? iso : time === '' ? null : `${iso}T${time}`;
}

/** The only option that begins with the text. */
function optionLike({ options }: ControlOf<'choice'>, text: string): string | null {
  const start = foldText(text);
  const alike = options.filter(
    ({ value, label }) => foldText(label).startsWith(start) || foldText(String(value)).startsWith(start),
  );
  const [option] = alike;
  return option === undefined || alike.length > 1 || start === '' ? null : String(option.value);
}
