import { matchColumns, readTable } from '../../electron/contract/run-table.ts';
import { planRows } from '../../electron/contract/table-rows.ts';
import { formDataOf } from '../../electron/core/model/form/form-block.ts';
import { readForm } from '../../electron/core/model/form/read-form.ts';
import { type Line, median, ratioTable, type Table } from './table.ts';

const ROWS = 1_000;
const ROUNDS = 15;
/** Of planning a table of 1,000 rows, in ms. */
const LIMIT_MS = 500;

const COMPONENTS = [
  { type: 'textarea', key: 'prompt', label: 'Prompt', validate: { required: true } },
  { type: 'number', key: 'width', label: 'Width', validate: { min: 16, max: 2_048 } },
  {
    type: 'select',
    key: 'style',
    label: 'Style',
    data: { values: ['film', 'paint'].map((value) => ({ value, label: value })) },
  },
  { type: 'checkbox', key: 'large', label: 'Large' },
];

/** From the text of a CSV to the values of each run and its bad cells, beside reading the same rows as JSON. */
export function measureRows(): Table {
  const node = { name: 'omni-core-formio:formio.auto_ui', data: { source: { components: COMPONENTS } } };
  const form = readForm(formDataOf([{ ...NODE, ...node }]));
  if (form === null) throw new Error('The form was not read.');
  const rows = Array.from({ length: ROWS }, (_, row) => [
    `A harbour at ${String(row)} o'clock, "calm" sea, one lamp lit`,
    row % 50 === 0 ? 'wide' : String(64 + (row % 100)),
    row % 2 === 0 ? 'film' : 'paint',
    'true',
  ]);
  const csv = [['prompt', 'width', 'style', 'large'], ...rows].map((cells) => cells.map(quoted).join(',')).join('\n');
  const json = JSON.stringify(rows);
  const times = { omnitray: [] as number[], plain: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.omnitray.push(
      timeOf(() => {
        const table = readTable(csv);
        if (table === null || !('rows' in table)) throw new Error('The table was not read.');
        const match = matchColumns(table.names, form);
        const plan = planRows({ form, values: {}, filesOf: () => 0, table, match, fileProblem: () => null });
        if (plan.rows.length !== ROWS || plan.problems.length !== ROWS / 50) throw new Error('Planned something else.');
      }),
    );
    times.plain.push(timeOf(() => void JSON.parse(json)));
  }
  const line: Line = {
    what: 'plan 1,000 rows of 4 cells, ms',
    omnitray: median(times.omnitray),
    plain: median(times.plain),
    limit: LIMIT_MS,
  };
  return ratioTable('Table of runs', ['OmniTray', 'JSON.parse'], [line]);
}

const NODE = { id: '1', inputs: {}, outputs: {} };
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
