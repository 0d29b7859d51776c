/** One thing that was measured: OmniTray, what it is held against, and the ratio that is wanted, where one is. */
export interface Line {
  readonly what: string;
  readonly omnitray: number;
  readonly plain: number;
  readonly target?: number;
  /** What OmniTray may take at most, in the unit of the line. */
  readonly limit?: number;
}

/** Rows of cells under their heads. */
export interface Table {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('Nothing was measured.');
  return middle;
}

/** What is measured, both sides, and the first as a share of the second. */
export function ratioTable(title: string, sides: readonly [string, string], lines: readonly Line[]): Table {
  const rows = lines.map(({ what, omnitray, plain, target, limit }) => {
    const ratio = omnitray / plain;
    const wanted = target === undefined ? '' : `${ratio <= target ? 'at most' : 'MISSED'} ${target}`;
    const allowed = limit === undefined ? '' : `${omnitray <= limit ? 'at most' : 'MISSED'} ${limit} ms`;
    return [what, omnitray.toFixed(1), plain.toFixed(1), ratio.toFixed(3), wanted || allowed];
  });
  return { title, heads: ['', ...sides, 'ratio', 'target'], rows };
}

export function printTable({ title, heads, rows }: Table): void {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  console.log(title);
  for (const row of all) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(`  ${cells.join('  ')}`.trimEnd());
  }
  console.log('');
}
