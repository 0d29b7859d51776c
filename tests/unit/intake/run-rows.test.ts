import { expect, it } from 'vitest';
import type { DraftMode } from '../../../electron/contract/views.ts';
import { newRuns, type RunRow } from '../../../electron/core/intake/new-run.ts';
import type { Attachment } from '../../../electron/core/model/attachment.ts';
import { fileAttachment } from '../../../electron/core/model/attachments.ts';
import { readForm } from '../../../electron/core/model/form/read-form.ts';
import { formOf } from '../model/form/form-support.ts';

const field = (key: string, type: string, facts: object = {}) => ({ key, type, label: key, ...facts });
const form = readForm(
  formOf([
    field('prompt', 'textfield', { validate: { required: true } }),
    field('width', 'number', { defaultValue: 512 }),
    field('picture', 'file', { filePattern: 'image/*' }),
    field('mask', 'file', { filePattern: 'image/*' }),
  ]),
);

const picture = (name: string, key: string | null = null): Attachment => ({
  ...fileAttachment(name, {
    ...{ kind: 'image', name, path: `/${name}`, realPath: `/${name}`, size: 1, mtimeMs: 1, mime: 'image/png' },
    ...{ json: null, notData: null, sha256: null, problem: null, folder: null },
  }),
  field: key,
});

const runsOf = (rows: readonly RunRow[], attachments: readonly Attachment[] = [], mode: DraftMode = 'together') =>
  newRuns(
    {
      profile: { id: 'p', origin: 'http://127.0.0.1:1688', name: 'Home' },
      recipe: {
        id: 'r',
        name: 'Recipe',
        shape: { takes: [], gives: [], givesInChat: [], hasForm: true, formTakes: [], warnings: [] },
      },
      ...{ attachments, message: '', form, values: { prompt: 'of the form' }, rows, owner: 'app' },
    },
    mode,
    1_000,
  );
const given = (runs: ReturnType<typeof runsOf>) =>
  runs.map(({ form: sent, inputs }) => [
    sent?.find(({ key }) => key === 'prompt')?.value,
    ...inputs.map(({ name, field: key }) => `${key ?? ''}=${name}`),
  ]);

it('makes a run of each row, in its order and as one batch', () => {
  const runs = runsOf([
    { values: { prompt: 'a' }, files: [picture('a.png', 'mask')] },
    { values: { prompt: 'b' }, files: [] },
  ]);
  expect(given(runs)).toEqual([['a', 'mask=a.png'], ['b']]);
  expect(new Set(runs.map(({ batchId }) => batchId)).size).toBe(1);
  expect(runs[0]?.batchId).not.toBeNull();
});

it('puts the files of a row in place of those of the draft, and leaves the other fields alone', () => {
  const [first, second] = [picture('first.png'), picture('second.png')];
  const runs = runsOf(
    [
      { values: { prompt: 'a' }, files: [picture('a.png', 'picture')] },
      { values: { prompt: 'b' }, files: [] },
    ],
    [first, second],
  );
  expect(given(runs)).toEqual([
    ['a', 'picture=a.png', 'mask=second.png'],
    ['b', 'picture=first.png', 'mask=second.png'],
  ]);
});

it('makes a run of each row for each file, where each file gets its own', () => {
  const rows = ['a', 'b'].map((prompt) => ({ values: { prompt }, files: [] }));
  expect(given(runsOf(rows, [picture('1.png'), picture('2.png')], 'each'))).toEqual([
    ['a', 'picture=1.png'],
    ['a', 'picture=2.png'],
    ['b', 'picture=1.png'],
    ['b', 'picture=2.png'],
  ]);
});

it('refuses all rows for one that is not filled in', () => {
  const rows = ['a', ''].map((prompt) => ({ values: { prompt }, files: [] }));
  expect(() => runsOf(rows)).toThrow(expect.objectContaining({ code: 'form-problem', detail: 'prompt' }));
});
