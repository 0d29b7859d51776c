import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Draft } from '../../../electron/core/intake/draft.ts';
import { DraftPersistence } from '../../../electron/core/intake/draft-persistence.ts';
import { PastedFiles } from '../../../electron/core/intake/pasted-files.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { DraftStore } from '../../../electron/core/store/draft-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { LoudLogger } from '../../support/test-core.ts';
import { TestClock } from '../../support/test-clock.ts';

let folder: string;
let database: StoreDatabase;
let clock: TestClock;
let logger: LoudLogger;

/** The draft as the next start of the program restores it. */
async function nextStart(): Promise<{ draft: Draft; keeper: DraftPersistence }> {
  const draft = new Draft(new PastedFiles(join(folder, 'dropped')));
  const keeper = new DraftPersistence({ draft, store: new DraftStore(database), clock, logger });
  await keeper.start();
  return { draft, keeper };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-keeper-'));
  ({ database } = openDatabase(folder, 0));
  clock = new TestClock();
  logger = new LoudLogger();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

describe('DraftPersistence', () => {
  it('restores everything at the next start with the current state of files', async () => {
    const { draft, keeper } = await nextStart();
    const [kept, gone] = ['kept.txt', 'gone.txt'].map((name) => join(folder, name));
    for (const path of [kept, gone]) writeFileSync(path ?? '', 'words');
    await draft.add({ paths: [kept ?? '', gone ?? ''], texts: ['https://example.org/a', 'a text'] });
    draft.edit({ recipeId: 'r', message: 'a message', data: '{"a":', values: {}, mode: 'each' });
    rmSync(gone ?? '');
    keeper.close();
    const { draft: next } = await nextStart();
    expect(next.view()).toMatchObject({ recipeId: 'r', message: 'a message', data: '{"a":', values: {}, mode: 'each' });
    expect(next.view().attachments).toMatchObject([
      { name: 'kept.txt', problem: null },
      { name: 'gone.txt', problem: 'vanished' },
      { kind: 'link', excerpt: 'https://example.org/a' },
      { kind: 'text', excerpt: 'a text' },
    ]);
  });

  it('writes typed text after a pause', async () => {
    const { draft } = await nextStart();
    draft.edit({ message: 'a' });
    draft.edit({ message: 'a word' });
    expect(new DraftStore(database).read()).toBeNull();
    await clock.pass(500);
    expect(new DraftStore(database).read()).toMatchObject({ message: 'a word' });
    expect(clock.timers).toBe(0);
  });

  it('continues when the database cannot be written, and writes everything later', async () => {
    const { draft } = await nextStart();
    database.exec('PRAGMA query_only = ON');
    draft.edit({ message: 'first' });
    await clock.pass(500);
    database.exec('PRAGMA query_only = OFF');
    draft.edit({ mode: 'each' });
    await clock.pass(500);
    expect(new DraftStore(database).read()).toMatchObject({ message: 'first', mode: 'each' });
    expect(logger.errors).toEqual([]);
  });

  it('does not write a half-restored draft', async () => {
    new DraftStore(database).write({
      things: [{ text: 'one' }, { text: 'two' }],
      recipeId: null,
      message: '',
      data: '',
      values: {},
      presetId: null,
      mode: 'together',
      table: null,
    });
    const draft = new Draft(new PastedFiles(join(folder, 'dropped')));
    const keeper = new DraftPersistence({ draft, store: new DraftStore(database), clock, logger });
    const starting = keeper.start();
    expect(draft.view().attachments).toEqual([]);
    const early = clock.pass(500);
    await Promise.all([starting, early]);
    await clock.pass(500);
    expect(new DraftStore(database).read()?.things).toEqual([{ text: 'one' }, { text: 'two' }]);
  });
});
