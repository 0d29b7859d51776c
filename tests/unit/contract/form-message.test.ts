import { expect, it } from 'vitest';
import { messageField, withMessage } from '../../../electron/contract/form-message.ts';
import type { FormField, RecipeForm } from '../../../electron/contract/views.ts';

const field = (key: string, sendAs: string | null): FormField => ({
  ...{ key, sendAs, label: key, description: '', placeholder: '', isRequired: true, initial: '', condition: null },
  control: { kind: 'text', isLong: false, format: 'any', minLength: null, maxLength: null, pattern: null },
});
const form: RecipeForm = { fields: [field('a', 'a'), field('dish', 'text')], parts: [], unshown: [], notes: [] };
const values = { a: 'kept', dish: 'Soup' };

it('a message is sent in place of the field that is sent as text', () => {
  expect(messageField(form, ['text'])?.key).toBe('dish');
  expect(withMessage({ form, takes: ['text'], values }, 'Macarons')).toEqual({ a: 'kept', dish: 'Macarons' });
});

it('the values stay where there is no message, no such field, or no chat input for text', () => {
  expect(withMessage({ form, takes: ['text'], values }, ' \n')).toBe(values);
  expect(withMessage({ form: { ...form, fields: [field('text', null)] }, takes: ['text'], values }, 'x')).toBe(values);
  expect(withMessage({ form, takes: ['images'], values }, 'x')).toBe(values);
  expect(withMessage({ form: null, takes: null, values }, 'x')).toBe(values);
});
