import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import type { Table } from './table.ts';

/** What the first view may cost: program text that is read before anything is drawn, compressed. Bytes. */
const BUDGET = 120_000;

interface Chunk {
  readonly file: string;
  /** Bytes, compressed. */
  readonly size: number;
  /** Paths of the chunks that it cannot do without. */
  readonly needs: readonly string[];
}

export interface PageSize {
  /** What is read before the first view stands. */
  readonly first: readonly Chunk[];
  /** What comes later: views and viewers, when they are wanted. */
  readonly later: readonly Chunk[];
}

const sum = (chunks: readonly Chunk[]): number => chunks.reduce((total, { size }) => total + size, 0);

/**
 * The program text of a built page, apart by whether the first view needs it: whatever `index.html` loads, and what
 * that imports statically. A chunk that is imported with `import()` comes later.
 *
 * @throws where the page is not built
 */
export function pageSize(folder: string): PageSize {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const entries = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) => join(folder, path));
  const first = new Map<string, Chunk>();
  const visit = (path: string): void => {
    if (first.has(path)) return;
    const chunk = readChunk(path);
    first.set(path, chunk);
    chunk.needs.forEach(visit);
  };
  entries.forEach(visit);
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  const later = all.map((name) => join(folder, name)).filter((path) => !first.has(path));
  return { first: [...first.values()], later: later.map(readChunk).toSorted((one, other) => other.size - one.size) };
}

function readChunk(path: string): Chunk {
  const text = readFileSync(path, 'utf8');
  const { module } = parseSync(path, text);
  const needed = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
  ];
  const needs = needed.filter((name) => name.startsWith('.')).map((name) => join(dirname(path), name));
  return { file: basename(path), size: gzipSync(text, { level: 9 }).length, needs };
}

/** The chunks of the built page and what they weigh. Over budget, the bench fails. */
export function measurePage(folder: string): Table {
  const { first, later } = pageSize(folder);
  const total = sum(first);
  if (total > BUDGET) process.exitCode = 1;
  const verdict = total <= BUDGET ? 'at most' : 'MISSED';
  return {
    title: 'Program text of the window, gzip',
    heads: ['', 'kB', 'target'],
    rows: [
      ['first view', kilobytes(total), `${verdict} ${kilobytes(BUDGET)}`],
      ...first.map((chunk) => [`  ${chunk.file}`, kilobytes(chunk.size), '']),
      ['later', kilobytes(sum(later)), ''],
      ...later.map((chunk) => [`  ${chunk.file}`, kilobytes(chunk.size), '']),
    ],
  };
}

const kilobytes = (bytes: number): string => (bytes / 1_000).toFixed(1);
