import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { RunList } from '../../../electron/core/store/run-list.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import { searchExpression } from '../../../electron/core/store/search-terms.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { aRun } from '../../support/a-run.ts';
import { TestClock } from '../../support/test-clock.ts';

describe('what is typed', () => {
  it('asks for all words, the last one as a beginning', () => {
    expect(searchExpression('harbour at dus')).toBe('"harbour" AND "at" AND "dus" *');
    expect(searchExpression('  dusk ')).toBe('"dusk" *');
  });

  it('keeps what is in quotes together, and takes a closed phrase as it is', () => {
    expect(searchExpression('"at dusk" harbour')).toBe('"at dusk" AND "harbour" *');
    expect(searchExpression('harbour "at dusk"')).toBe('"harbour" AND "at dusk"');
    expect(searchExpression('"at du')).toBe('"at du" *');
  });

  it('is nobody else’s language', () => {
    expect(searchExpression('text:NOT (a* OR ^b)')).toBe('"text:NOT" AND "(a*" AND "OR" AND "^b)" *');
  });

  it('is nothing without a letter or a number', () => {
    for (const typed of ['', '   ', '""', '---', '"', '* ( )', '🙂']) expect(searchExpression(typed)).toBeNull();
  });

  it('stops at sixteen words', () => {
    expect(searchExpression('a '.repeat(100))?.split(' AND ')).toHaveLength(16);
  });
});

describe('whatever is typed', () => {
  let folder: string;
  let database: StoreDatabase;
  let search: RunList;
  const find = (query: string) => search.search({ query, filter: {}, before: null, limit: 10 });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'omnitray-words-'));
    ({ database } = openDatabase(folder, 1));
    search = new RunList(database);
  });
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What FTS5 has a meaning for, mixed with all else. */
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '"',
          '*',
          '^',
          ':',
          '(',
          ')',
          '{',
          '}',
          '-',
          '+',
          'NEAR',
          'AND',
          'OR',
          'NOT',
          'text',
          'é',
          ' ',
          '\0',
          ',',
          '\ud800',
        ),
        { maxLength: 30 },
      )
      .map((pieces) => pieces.join('')),
  );

  it('is never an error', () => {
    fc.assert(
      fc.property(typed, (query) => find(query).total >= 0),
      { numRuns: 500 },
    );
  });

  it('finds the run whose words it repeats, each from its beginning', () => {
    const store = new RunStore(database, new TestClock());
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', 'z', 'é', 'À', 'ß', '9', 'д', 'Ж', '中'),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.uuid(), fc.nat(100), (words, id, cut) => {
        store.add({ ...aRun(), id, message: words.join(' ') });
        const last = words.at(-1) ?? '';
        const query = [...words.slice(0, -1), last.slice(0, 1 + (cut % last.length))].toReversed().join(' ');
        const beginning = [...words.slice(0, -1), last.slice(0, 1 + (cut % last.length))].join(' ');
        expect(find(beginning).ids).toContain(id);
        // Whole words stand in any order.
        if (cut % last.length === last.length - 1) expect(find(query).ids).toContain(id);
        database.exec('DELETE FROM runs');
        expect(find(beginning).total).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
