import { describe, expect, it } from 'vitest';
import { placeInForm, usedIn } from '../../../electron/contract/form-files.ts';
import type { AttachmentKind, FormField, RecipeForm } from '../../../electron/contract/views.ts';

const thing = (kind: AttachmentKind, field: string | null = null) => ({ kind, mime: null, sendAs: null, field });
const filesField = (key: string, accepts: readonly AttachmentKind[], isMany = false): FormField => ({
  ...{
    key,
    label: key,
    description: '',
    placeholder: '',
    isRequired: false,
    initial: [],
    sendAs: key,
    condition: null,
  },
  control: { kind: 'files', accepts, isMany, isDrawing: false, isPlain: false },
});
const formOf = (...fields: readonly FormField[]): RecipeForm => ({ fields, parts: [], unshown: [], notes: [] });
const placesOf = (things: readonly ReturnType<typeof thing>[], form: RecipeForm) => {
  const placed = placeInForm(things, form, {});
  return things.map((each) => placed.get(each) ?? null);
};

describe('placeInForm', () => {
  it('fills the first field with room that takes the kind, a field for that kind before one for any file', () => {
    const form = formOf(filesField('any', [], true), filesField('picture', ['image']), filesField('mask', ['image']));
    expect(placesOf([thing('image'), thing('audio'), thing('image'), thing('image')], form)).toEqual([
      'picture',
      'any',
      'mask',
      'any',
    ]);
  });

  it('keeps a chosen field, also of a later file', () => {
    const form = formOf(filesField('picture', ['image']), filesField('mask', ['image']));
    expect(placesOf([thing('image'), thing('image', 'picture')], form)).toEqual(['mask', 'picture']);
    expect(placesOf([thing('image', 'gone')], form)).toEqual(['picture']);
  });

  it('leaves texts, links and files without room to the chat inputs', () => {
    const form = formOf(filesField('any', []));
    expect(placesOf([thing('text'), thing('link'), thing('document'), thing('document')], form)).toEqual([
      ...[null, null, 'any', null],
    ]);
  });

  it('does not fill a hidden field', () => {
    const hidden = { ...filesField('any', []), condition: { key: 'mode', value: 'x', shows: true } };
    expect(placesOf([thing('image')], formOf(hidden))).toEqual([null]);
  });
});

describe('usedIn', () => {
  it('uses one file together, and every file alone', () => {
    const inputs = { takes: ['text'] as const, form: formOf(filesField('picture', ['image'])), values: {} };
    const things = [thing('image'), thing('image'), thing('text'), thing('audio')];
    expect(usedIn(inputs, things, 'together')).toEqual([things[0], things[2]]);
    expect(usedIn(inputs, things, 'each')).toEqual(things.slice(0, 3));
  });
});
