import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { CellProblem, TableCheck } from '../../electron/contract/views.ts';
import { aField, aForm, aNumber, openForm } from './support/form-samples.ts';
import { anAttachment } from './support/samples.ts';
import { failure, ScriptedBridge } from './support/scripted-bridge.ts';

const form = aForm([
  aField('Prompt', { isRequired: true }),
  aField('Width', { control: aNumber({ min: 16, max: 512 }), initial: 128 }),
  aField('Style', { initial: 'plain' }),
]);
const ROWS = Array.from({ length: 300 }, (_, row) => [
  `Picture ${row + 1}`,
  row === 6 ? '1024px' : row === 9 ? '' : '64',
  'x',
]);
const NO_FILES = { count: 0, bytes: 0, outside: [], outsideCount: 0, isOutsideAllowed: false };
function checkOf(problems: readonly CellProblem[], change: Partial<TableCheck> = {}): TableCheck {
  const badRows = new Set(problems.map(({ row }) => row)).size;
  return {
    ...{ revision: 1, match: ['Prompt', 'Width', null], problems, problemCount: problems.length, badRows },
    ...{ goodRuns: ROWS.length - badRows, runs: ROWS.length, files: NO_FILES },
    ...change,
  };
}

/** Opens a table of 300 rows with these problems. */
function openTable(problems: readonly CellProblem[] = [], change: Partial<TableCheck> = {}): ScriptedBridge {
  const bridge = new ScriptedBridge();
  const ok = <Value>(value: Value) => ({ ok: true, value }) as const;
  bridge.script('table:read', () =>
    ok({ revision: 1, names: ['Prompt', 'size', 'folder'], rows: ROWS, hasNames: true }),
  );
  for (const name of ['table:check', 'table:look-again'] as const)
    bridge.script(name, () => ok(checkOf(problems, change)));
  bridge.script('table:cell', () => ok(checkOf([], { revision: 2 })));
  bridge.script('table:match', () => ok(checkOf([], { revision: 2 })));
  bridge.script('table:allow-outside', ({ allowed }) =>
    ok(checkOf([], { revision: 2, files: { ...NO_FILES, ...change.files, isOutsideAllowed: allowed } })),
  );
  const table = { name: 'icons.csv', rows: 300, columns: 3, revision: 1 };
  return openForm(form, { draft: { table } }, bridge);
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('a table', () => {
  it('lets a column feed another field', async () => {
    const bridge = openTable();
    await page.getByLabelText('Column folder').selectOptions('Style');
    await page.getByLabelText('Column size').selectOptions('Not used');
    expect(bridge.requests('table:match')).toEqual([
      { column: 2, field: 'Style' },
      { column: 1, field: null },
    ]);
  });

  it('says why it cannot be checked', async () => {
    const bridge = openTable();
    bridge.script('table:match', () => failure('table-too-large', '6,000 files; 5,000 is the most'));
    await page.getByLabelText('Column folder').selectOptions('Style');
    await expect.element(page.getByText('This table is too large: 6,000 files; 5,000 is the most.')).toBeVisible();
  });
});

describe('a table in the draft', () => {
  const attachment = anAttachment({ id: 'csv', kind: 'document', name: 'icons.csv', isTable: true });

  it('is offered for its rows, and opened', async () => {
    const bridge = openForm(form, { draft: { attachments: [attachment] } });
    await expect.element(page.getByText('icons.csv is a table. Each of its rows can be a run.')).toBeVisible();
    await expect.element(button('Use it as a file')).not.toBeInTheDocument();
    await button('Run once per row').click();
    expect(bridge.requests('table:open')).toEqual([{ attachmentId: 'csv' }]);
  });

  it('can be used as a file where the recipe takes it', async () => {
    openForm(form, { takes: ['documents'], draft: { attachments: [attachment] } });
    await button('Use it as a file').click();
    await expect.element(button('Run once per row')).not.toBeInTheDocument();
  });
});
