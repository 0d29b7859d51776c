import { readTable, type RunTable } from '../../../electron/contract/run-table.ts';
import type { RecipeForm } from '../../../electron/contract/views.ts';
import { readForm } from '../../../electron/core/model/form/read-form.ts';
import { formOf } from '../model/form/form-support.ts';

/** A component of a form.io schema. */
export const field = (key: string, type: string, facts: object = {}) => ({ key, type, label: key, ...facts });
const WIDTH = { validate: { min: 256, max: 1536, step: 8 } };

/** The form of these components. */
export function formWith(...fields: readonly object[]): RecipeForm {
  const form = readForm(formOf(fields));
  if (form === null) throw new Error('There is no form.');
  return form;
}

/** A form with a field of most kinds. */
export const painter = formWith(
  field('prompt', 'textarea', { label: 'Prompt', validate: { required: true, maxLength: 20 } }),
  field('img_width', 'number', { label: 'Width', ...WIDTH }),
  field('height', 'number', { label: 'Height', defaultValue: 512, ...WIDTH }),
  field('grid', 'checkbox', { label: 'Grid' }),
  field('look', 'select', {
    label: 'Look',
    data: {
      values: [
        { value: 'soft', label: 'Soft light' },
        { value: 'hard', label: 'Hard' },
      ],
    },
  }),
  field('picture', 'file', { label: 'Picture', filePattern: 'image/*', multiple: true }),
);

/** The table of a text. @throws when it holds none */
export function tableOf(text: string): RunTable {
  const table = readTable(text);
  if (table === null || 'over' in table) throw new Error('This is no table.');
  return table;
}
