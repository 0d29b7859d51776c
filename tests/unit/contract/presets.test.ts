import { describe, expect, it } from 'vitest';
import {
  isSameFill,
  isSameName,
  presetHint,
  presetSuggestion,
  presetValues,
} from '../../../electron/contract/presets.ts';
import type { FormControl, FormField, FormValue, RecipeForm } from '../../../electron/contract/views.ts';

const NUMBER = { kind: 'number', min: null, max: null, step: null, isWhole: false } as const;
const TEXT = { kind: 'text', isLong: false, format: 'any', minLength: null, maxLength: null, pattern: null } as const;
const FILES = { kind: 'files', accepts: [], isMany: false, isDrawing: false, isPlain: false } as const;
const STYLES = {
  kind: 'choice',
  sends: 'one',
  options: [
    { value: 'n', label: 'Natural' },
    { value: 'f', label: 'Film, 35 mm' },
  ],
} as const;

const fieldOf = (label: string, control: FormControl, initial: FormValue): FormField => ({
  ...{ key: label.toLowerCase(), label, control, initial, sendAs: label.toLowerCase() },
  ...{ description: '', placeholder: '', isRequired: false, condition: null },
});
const formOf = (...fields: readonly FormField[]): RecipeForm => ({ fields, parts: [], unshown: [], notes: [] });

const prompt = fieldOf('Prompt', TEXT, '');
const grid = fieldOf('Grid', { kind: 'checkbox' }, true);
const [width, height, steps] = ['Width', 'Height', 'Steps'].map((label) => fieldOf(label, NUMBER, 512));
const form = formOf(
  ...[prompt, width, height, steps, fieldOf('Style', STYLES, 'n'), grid].flatMap((each) => each ?? []),
);

describe('a name', () => {
  it.each([
    ['Store icon', ' store ICON ', true],
    ['É', 'E\u0301', true],
    ['Resume', 'Résumé', false],
  ])('%j and %j are the same: %s', (one, other, isSame) => {
    expect(isSameName(one, other)).toBe(isSame);
  });

  it('is suggested from what is special, and never one that is taken', () => {
    expect(presetSuggestion('1024 × 768', [])).toBe('1024 × 768');
    expect(presetSuggestion('Film', ['film', 'Film 2'])).toBe('Film 3');
    expect(presetSuggestion('', ['Preset 1'])).toBe('Preset 2');
  });
});

describe('what a preset keeps', () => {
  it('is the value of each field but files, and nothing that the form does not have', () => {
    const withFile = formOf(prompt, grid, fieldOf('Picture', FILES, null));
    expect(presetValues(withFile, { prompt: 'a', gone: 1, picture: 'x' })).toEqual({ prompt: 'a', grid: true });
  });

  it('is compared field by field, whatever was left out', () => {
    expect(isSameFill(form, {}, { width: 512, gone: 1 })).toBe(true);
    expect(isSameFill(form, { prompt: null }, { prompt: '' })).toBe(true);
    expect(isSameFill(form, { width: 513 }, {})).toBe(false);
  });
});

describe('the hint', () => {
  it.each([
    [{}, ''],
    [{ width: 1024, height: 768, style: 'f' }, '1024 × 768'],
    [{ width: 1024 }, 'Width 1024'],
    [{ prompt: 'A quiet harbour', steps: 30, style: 'f' }, 'Steps 30, Film, 35 mm'],
    [{ grid: false }, 'Grid off'],
    [{ prompt: 'A quiet harbour\nat dusk, with boats' }, 'A quiet harbour at dusk…'],
    [{ prompt: '   ' }, ''],
  ])('of %j is %j', (values, hint) => {
    expect(presetHint(form, values)).toBe(hint);
  });
});
