/**
 * What the fault suite prints: the crash matrix, the fault table, what was done to the machine, and last what must never
 * happen, counted.
 */
import type { Reporter, TestModule } from 'vitest/node';
import type { FaultRecord, Tally } from './record.ts';

type Of<Table extends FaultRecord['table']> = Extract<FaultRecord, { readonly table: Table }>;

/** Columns of the fault table side by side; more would not fit on a screen. */
const COLUMNS = 6;

export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const records = tests.flatMap((test) => test.meta().fault ?? []);
    const of = <Table extends FaultRecord['table']>(table: Table): readonly Of<Table>[] =>
      records.filter((each): each is Of<Table> => each.table === table);
    const parts = [crashMatrix(of('crash')), faultTable(of('fault')), machineList(of('machine'))];
    process.stdout.write(`\n${[...parts, closing(records)].filter((part) => part !== '').join('\n\n')}\n`);
  }
}

/** A line a scenario: at how many points the process was killed, and which ends that came to. */
function crashMatrix(records: readonly Of<'crash'>[]): string {
  const rows = [...Map.groupBy(records, ({ scenario }) => scenario)].map(([scenario, ofScenario]) => [
    scenario,
    String(ofScenario.length),
    countsOf(ofScenario.map(({ end }) => end)),
  ]);
  return records.length === 0 ? '' : table([['kill -9', 'points', 'ends, with the starts that arrived'], ...rows]);
}

/** A row a route, a column a fault: what the run came to while the fault lasted, and after it was lifted. */
function faultTable(records: readonly Of<'fault'>[]): string {
  const byRoute = Map.groupBy(records, ({ route }) => route);
  const faults = [...new Set(records.map(({ fault }) => fault))];
  const pieces = Array.from({ length: Math.ceil(faults.length / COLUMNS) }, (_, index) =>
    faults.slice(index * COLUMNS, (index + 1) * COLUMNS),
  );
  return pieces
    .map((piece) => {
      const rows = [...byRoute].map(([route, ofRoute]) => [
        route,
        ...piece.map((fault) => cellOf(ofRoute.find((each) => each.fault === fault))),
      ]);
      return table([['route', ...piece], ...rows]);
    })
    .join('\n\n');
}

function cellOf(found: Of<'fault'> | undefined): string {
  if (found === undefined) return '-';
  return found.during === found.end ? found.end : `${found.during} > ${found.end}`;
}

function machineList(records: readonly Of<'machine'>[]): string {
  return records.length === 0 ? '' : table([['machine', 'end'], ...records.map(({ what, end }) => [what, end])]);
}

function countsOf(ends: readonly string[]): string {
  const counts = [...Map.groupBy(ends, (end) => end)].sort(([, one], [, other]) => other.length - one.length);
  return counts.map(([end, same]) => `${end}: ${same.length}`).join(', ');
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

function closing(records: readonly FaultRecord[]): string {
  const sum = (count: (tally: Tally) => number): number =>
    records.reduce((total, { tally }) => total + count(tally), 0);
  const doubleExecs = sum((tally) => tally.doubleExecs);
  const inputsLost = sum((tally) => tally.inputsLost);
  const resultsLost = sum((tally) => tally.resultsLost);
  return `double execs: ${doubleExecs}, inputs lost: ${inputsLost}, results lost: ${resultsLost}`;
}
