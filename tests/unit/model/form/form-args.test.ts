import { expect, it } from 'vitest';
import { formArgs, sentFields } from '../../../../electron/core/model/form/form-args.ts';
import { readForm } from '../../../../electron/core/model/form/read-form.ts';
import type { FormValues } from '../../../../electron/contract/views.ts';
import { formOf } from './form-support.ts';

const field = (key: string, type: string, facts: object = {}) => ({ key, type, label: key, ...facts });
const PICTURE = { fid: '7,abc', name: 'a.png', size: 9 };

/** The arguments of a form of these fields; the files are those of each file field. */
function argsOf(fields: readonly object[], values: FormValues = {}, inputs: Record<string, object> = {}) {
  const form = readForm(formOf(fields, inputs));
  if (form === null) throw new Error('There is no form.');
  return formArgs(sentFields(form, values), () => [PICTURE]);
}

it('sends every field that is shown, filled in or not', () => {
  const fields = [
    field('text', 'textarea', { defaultValue: 'as it is' }),
    field('empty', 'textfield'),
    field('width', 'number'),
    field('on', 'checkbox'),
    field('later', 'textfield', { conditional: { show: true, when: 'on', eq: 'true' } }),
  ];
  expect(argsOf(fields)).toEqual({ text: 'as it is', empty: '', width: null, on: false });
  expect(argsOf(fields, { on: true, width: 3 })).toEqual({
    text: 'as it is',
    empty: '',
    width: 3,
    on: true,
    later: '',
  });
});

it('sends files as entries without a type, or as a chat sends them', () => {
  const inputs = { one: { customSocket: 'image' }, many: { customSocket: 'imageArray' } };
  expect(argsOf([field('one', 'file'), field('many', 'file')], {}, inputs)).toEqual({
    one: [{ storage: 'b64-fixed-storage-provider', url: 'fid://7,abc', name: 'a.png', size: 9 }],
    many: [{ fid: '7,abc' }],
  });
});

it('sends an empty list for a field without files, because the job fails without it', () => {
  const form = readForm(formOf([field('one', 'file')]));
  expect(form === null ? null : formArgs(sentFields(form, {}), () => [])).toEqual({ one: [] });
});

it('leaves out what the block does not have, and what would fail the job', () => {
  expect(argsOf([field('a', 'textfield'), field('error', 'textfield')], {}, { b: {} })).toEqual({});
});

it('writes dates as Omnitool’s form does', () => {
  const fields = [field('day', 'day'), field('time', 'time'), field('both', 'datetime')];
  expect(argsOf(fields, { day: '2026-05-24', time: '17:30', both: '2026-05-24T17:30' })).toEqual({
    day: '05/24/2026',
    time: '17:30:00',
    both: '2026-05-24T17:30',
  });
});
