import { describe, expect, it } from 'vitest';
import { badValue, combinationCount, combinationTable, valuesIn } from '../../../electron/contract/combinations.ts';
import { readTable } from '../../../electron/contract/run-table.ts';
import type { FormControl, FormField } from '../../../electron/contract/views.ts';

const aField = (key: string, control: FormControl): FormField => ({
  ...{
    key,
    label: key,
    description: '',
    placeholder: '',
    isRequired: false,
    initial: '',
    sendAs: key,
    condition: null,
  },
  control,
});
const width = aField('width', { kind: 'number', min: 16, max: 512, step: null, isWhole: false });
const prompt = aField('prompt', {
  ...{ kind: 'text', isLong: true, format: 'any', minLength: null, maxLength: null, pattern: null },
});

describe('several values', () => {
  it('have commas or lines between them; texts have lines only', () => {
    expect(valuesIn(width, '32, 64,\n 32,,128')).toEqual(['32', '64', '128']);
    expect(valuesIn(prompt, 'a boat, at noon\n\n  a quay \na quay')).toEqual(['a boat, at noon', 'a quay']);
  });

  it('are each checked as a value of the field', () => {
    expect(badValue({ field: width, values: ['32', '900', 'x'] })).toEqual({ value: '900', code: 'too-large' });
    expect(badValue({ field: width, values: ['32', '64'] })).toBeNull();
  });

  it('make a row for each combination, the last field first; a field without values has no column', () => {
    const lists = [
      { field: prompt, values: ['a boat', 'say "hi"\tnow'] },
      { field: aField('seed', width.control), values: [] },
      { field: width, values: ['32', '64'] },
    ];
    expect(combinationCount(lists)).toBe(4);
    expect(readTable(combinationTable(lists))).toMatchObject({
      names: ['prompt', 'width'],
      rows: [
        ['a boat', '32'],
        ['a boat', '64'],
        ['say "hi"\tnow', '32'],
        ['say "hi"\tnow', '64'],
      ],
      oddRows: {},
    });
    expect(readTable(combinationTable([{ field: width, values: ['1', '2'] }]))).toMatchObject({ rows: [['1'], ['2']] });
  });
});
