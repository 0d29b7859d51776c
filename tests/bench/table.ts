export interface Line {
  readonly what: string;
  readonly omnitray: number;
  readonly plain: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('Nothing was measured.');
  return middle;
}

/** What is measured, both sides, and OmniTray as a share of the plain client. */
export function printTable(lines: readonly Line[]): void {
  const rows = lines.map(({ what, omnitray, plain }) => [
    what,
    omnitray.toFixed(1),
    plain.toFixed(1),
    (omnitray / plain).toFixed(3),
  ]);
  const all = [['', 'OmniTray', 'plain client', 'ratio'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  for (const row of all) {
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    );
  }
}
