import { describe, expect, it } from 'vitest';
import { problemOf, problemsOf, shownFields } from '../../../electron/contract/form-rules.ts';
import type { FormControl, FormField, FormValue, RecipeForm } from '../../../electron/contract/views.ts';

const TEXT = { kind: 'text', isLong: false, format: 'any', minLength: null, maxLength: null, pattern: null } as const;
const NUMBER = { kind: 'number', min: null, max: null, step: null, isWhole: false } as const;
const CHOICE = {
  kind: 'choice',
  options: [
    { value: 'x', label: 'X' },
    { value: 2, label: 'Two' },
  ],
  sends: 'one',
} as const;
const FILES = { kind: 'files', accepts: [], isMany: false, isDrawing: false, isPlain: false } as const;

const fieldOf = (control: FormControl, facts: Partial<FormField> = {}): FormField => ({
  key: 'a',
  label: 'A',
  description: '',
  placeholder: '',
  isRequired: false,
  control,
  initial: null,
  sendAs: 'a',
  condition: null,
  ...facts,
});
const formOf = (...fields: readonly FormField[]): RecipeForm => ({ fields, parts: [], unshown: [], notes: [] });

describe('the value of a field', () => {
  it.each<readonly [FormControl, FormValue, string | null]>([
    [{ ...TEXT, minLength: 2 }, 'a', 'too-short'],
    [{ ...TEXT, maxLength: 2 }, 'abc', 'too-long'],
    [{ ...TEXT, pattern: '[a-z]+' }, 'A', 'no-match'],
    [{ ...TEXT, pattern: '[a-z]+' }, 'a', null],
    [{ ...TEXT, format: 'email' }, 'a at b', 'no-email'],
    [{ ...TEXT, format: 'url' }, 'example', 'no-url'],
    [TEXT, 7, 'no-text'],
    [NUMBER, '7', 'not-a-number'],
    [{ ...NUMBER, min: 1 }, 0, 'too-small'],
    [{ ...NUMBER, max: 1 }, 2, 'too-large'],
    [{ ...NUMBER, isWhole: true }, 1.5, 'not-whole'],
    [{ ...NUMBER, min: 1, step: 0.1 }, 1.3, null],
    [{ ...NUMBER, step: 8 }, 12, 'off-step'],
    [{ kind: 'checkbox' }, 'false', 'not-on-or-off'],
    [CHOICE, 2, null],
    [CHOICE, '2', 'no-choice'],
    [{ ...CHOICE, sends: 'many' }, ['x', 2], null],
    [{ ...CHOICE, sends: 'many' }, ['x', 'y'], 'no-choice'],
    [{ ...CHOICE, sends: 'flags' }, 'x', 'no-choice'],
    [{ kind: 'date', has: 'date', writes: 'day' }, 'tomorrow', 'no-date'],
    [{ kind: 'date', has: 'time', writes: 'time' }, '17:30', null],
    [{ kind: 'colour' }, '#0f0', 'no-colour'],
    [{ kind: 'json', type: 'survey' }, { a: 1 }, null],
  ])('of %j: %j', (control, value, code) => {
    expect(problemOf(fieldOf(control), value, 0)).toBe(code);
  });

  it('may be empty unless the field is required', () => {
    const controls: readonly FormControl[] = [TEXT, NUMBER, CHOICE, { ...CHOICE, sends: 'many' }, FILES];
    for (const control of controls) {
      const empty = control.kind === 'choice' && control.sends === 'many' ? [] : null;
      expect(problemOf(fieldOf(control), empty, 0)).toBeNull();
      expect(problemOf(fieldOf(control, { isRequired: true }), empty, 0)).toBe('missing');
    }
    expect(problemOf(fieldOf({ kind: 'checkbox' }, { isRequired: true }), false, 0)).toBe('missing');
    expect(problemOf(fieldOf({ ...CHOICE, sends: 'flags' }, { isRequired: true }), { x: false }, 0)).toBe('missing');
  });

  it('is one file where the block uses the first of several only', () => {
    expect(problemOf(fieldOf(FILES), [], 2)).toBe('too-many-files');
    expect(problemOf(fieldOf({ ...FILES, isMany: true }), [], 2)).toBeNull();
  });
});

describe('a condition', () => {
  const mode = fieldOf(CHOICE, { key: 'mode', initial: 'x' });
  const shownBy = (key: string, value: string, shows = true) => ({ condition: { key, value, shows } });

  it('shows a field while another one has a value', () => {
    const form = formOf(
      mode,
      fieldOf(TEXT, shownBy('mode', '2')),
      fieldOf(TEXT, { key: 'b', ...shownBy('mode', '2', false) }),
    );
    expect(shownFields(form, {}).map(({ key }) => key)).toEqual(['mode', 'b']);
    expect(shownFields(form, { mode: 2 }).map(({ key }) => key)).toEqual(['mode', 'a']);
  });

  it('asks lists and flags for the option', () => {
    const many = fieldOf({ ...CHOICE, sends: 'many' }, { key: 'many', initial: ['x'] });
    const flags = fieldOf({ ...CHOICE, sends: 'flags' }, { key: 'flags', initial: { x: true, 2: false } });
    const form = formOf(
      many,
      flags,
      fieldOf(TEXT, shownBy('many', 'x')),
      fieldOf(TEXT, { key: 'b', ...shownBy('flags', '2') }),
    );
    expect(shownFields(form, {}).map(({ key }) => key)).toEqual(['many', 'flags', 'a']);
  });

  it('hides what depends on a hidden field, and ends where two depend on each other', () => {
    const form = formOf(
      mode,
      fieldOf(TEXT, { key: 'a', initial: 'yes', ...shownBy('mode', '2') }),
      fieldOf(TEXT, { key: 'b', ...shownBy('a', 'yes') }),
      fieldOf(TEXT, { key: 'c', initial: 'x', ...shownBy('d', 'x') }),
      fieldOf(TEXT, { key: 'd', initial: 'x', ...shownBy('c', 'x') }),
    );
    expect(shownFields(form, {}).map(({ key }) => key)).toEqual(['mode', 'c', 'd']);
  });

  it('keeps a hidden field from being a problem', () => {
    const form = formOf(mode, fieldOf(TEXT, { isRequired: true, ...shownBy('mode', '2') }));
    expect(problemsOf(form, {}, () => 0)).toEqual([]);
    expect(problemsOf(form, { mode: 2 }, () => 0)).toEqual([{ key: 'a', code: 'missing' }]);
  });
});
