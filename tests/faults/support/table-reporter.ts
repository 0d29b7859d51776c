/**
 * What the fault suite prints: the crash matrix, the fault table, what was done to the machine, and last what must never
 * happen, counted. The run fails when any of these counts is not 0, whatever its tests say.
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { countsOf, type FaultRecord, type Tally } from './record.ts';

/** What one test measured, and whether that is what was expected of it. */
type Measured<Kind extends FaultRecord> = Kind & { readonly held: boolean };
type Of<Table extends FaultRecord['table']> = Measured<Extract<FaultRecord, { readonly table: Table }>>;

/** A log is read on screens of this width; the fault table comes in as many pieces as that takes. */
const WIDTH = 150;
/** The steps of a write or a request at which a process was ended, in their order. */
const STEPS = ['before', 'half', 'sent', 'head', 'after'];

export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const records = tests.flatMap(measuredBy);
    const of = <Table extends FaultRecord['table']>(table: Table): readonly Of<Table>[] =>
      records.filter((each): each is Of<Table> => each.table === table);
    const parts = [
      ...[...crashMatrix(of('crash')), ...faultTable(of('fault')), ...machineList(of('machine'))],
      ...[unmeasured(tests), closing(records)],
    ];
    process.stdout.write(`\n${parts.filter((part) => part !== '').join('\n\n')}\n`);
    if (COUNTS.some(([, count]) => sumOf(records, count) !== 0)) process.exitCode = 1;
  }
}

function measuredBy(test: TestCase): readonly Measured<FaultRecord>[] {
  const { fault } = test.meta();
  return fault === undefined ? [] : [{ ...fault, held: test.result().state === 'passed' }];
}

/** A test that fell before it could look has nothing in the counts below: that must not read as if it had counted 0. */
function unmeasured(tests: readonly TestCase[]): string {
  const without = tests.filter((test) => test.result().state !== 'skipped' && test.meta().fault === undefined);
  return without.length === 0
    ? ''
    : ['Measured nothing:', ...without.map(({ fullName }) => `  ${fullName}`)].join('\n');
}

/**
 * A table a scenario: a row is what the process was doing, a column the step at which it was killed, a cell where its
 * runs ended after the next starts, with the calls of exec that the server saw of each.
 */
function crashMatrix(records: readonly Of<'crash'>[]): readonly string[] {
  return [...Map.groupBy(records, ({ scenario }) => scenario)].map(([scenario, ofScenario]) => {
    const rows = [...Map.groupBy(ofScenario, ({ point }) => point)].map(([point, ofPoint]) => [
      point,
      ...STEPS.map((step) =>
        ofPoint
          .filter(({ when }) => when === step)
          .map(marked)
          .join(),
      ),
    ]);
    const counts = countsOf(ofScenario.map(({ end }) => end)).map(([end, count]) => `${end}: ${count}`);
    return [
      table([[scenario, ...STEPS], ...rows]),
      `${scenario}, ${ofScenario.length} points (end, and calls of exec): ${counts.join('; ')}`,
    ].join('\n');
  });
}

/**
 * A row a route, a column a fault: what the run came to while the fault lasted, and after it was lifted. Routes that
 * met the same faults share a table.
 */
function faultTable(records: readonly Of<'fault'>[]): readonly string[] {
  const byRoute = Map.groupBy(records, ({ route }) => route);
  const alike = Map.groupBy(byRoute.values(), (cells) => cells.map(({ fault }) => fault).join());
  const tables = [...alike.values()].flatMap((rows) => {
    const heads = ['route', ...rows.map(([first]) => first?.route ?? '')];
    const columns = rows[0]?.map(({ fault }, index) => [fault, ...rows.map((cells) => cellOf(cells[index]))]) ?? [];
    return piecesOf(heads, columns).map((piece) =>
      table(heads.map((_, row) => piece.map((column) => column[row] ?? ''))),
    );
  });
  const counts = countsOf(records.map((record) => stand(record))).map(([end, count]) => [String(count), end]);
  return records.length === 0 ? [] : [...tables, table([['cells', 'during the fault > after it'], ...counts])];
}

/** As many columns side by side as the width has room for, each piece with the heads of the rows before them. */
function piecesOf(heads: readonly string[], columns: readonly (readonly string[])[]): readonly (readonly string[])[][] {
  const pieces: (readonly string[])[][] = [];
  let room = 0;
  for (const column of columns) {
    const width = widest(column) + 2;
    room -= width;
    if (room >= 0) pieces.at(-1)?.push(column);
    else {
      pieces.push([heads, column]);
      room = WIDTH - widest(heads) - width;
    }
  }
  return pieces;
}

const stand = ({ during, end }: Of<'fault'>): string => (during === end ? end : `${during} > ${end}`);
const cellOf = (found: Of<'fault'> | undefined): string =>
  found === undefined ? '' : marked({ end: stand(found), held: found.held });
const marked = ({ end, held }: { readonly end: string; readonly held: boolean }): string =>
  held ? end : `${end} UNEXPECTED`;

function machineList(records: readonly Of<'machine'>[]): readonly string[] {
  const rows = records.map((record) => [record.what, marked(record)]);
  return records.length === 0 ? [] : [table([['machine', 'end'], ...rows])];
}

const widest = (cells: readonly string[]): number => Math.max(...cells.map(({ length }) => length));

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => widest(rows.map((row) => row[column] ?? ''))) ?? [];
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

const COUNTS: readonly (readonly [string, (tally: Tally) => number])[] = [
  ['double execs', ({ doubleExecs }) => doubleExecs],
  ['inputs lost', ({ inputsLost }) => inputsLost],
  ['results lost', ({ resultsLost }) => resultsLost],
  ['answers cut in silence', ({ answersCut }) => answersCut],
];

const sumOf = (records: readonly FaultRecord[], count: (tally: Tally) => number): number =>
  records.reduce((total, { tally }) => total + count(tally), 0);

const closing = (records: readonly FaultRecord[]): string =>
  COUNTS.map(([name, count]) => `${name}: ${sumOf(records, count)}`).join(', ');
