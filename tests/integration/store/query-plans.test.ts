import { DatabaseSync, StatementSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { BatchList } from '../../../electron/core/store/batch-list.ts';
import { startPracticeServer } from '../../../electron/practice/server.ts';
import { aRun } from '../../support/a-run.ts';
import { KeptRuns } from '../../support/kept-runs.ts';
import { connectTo, makeHome, openCore, runReaches, startRecipe } from '../../support/test-core.ts';

const MEBIBYTE = 1_048_576;

/** Tables that grow with every run. */
const GROWING = 'runs|run_inputs|result_parts|artifacts|chat_messages|chat_kept|run_log';
/** Indexes that hold only a few runs, and the one that is summed for the limit on stored bytes. */
const READ_WHOLE = /^SCAN runs USING (COVERING )?INDEX runs_(unfinished|unseen|with_session|removed|with_bytes)\b/;
/** Reading the newest runs stops at the limit of the page. */
const isPage = (detail: string, sql: string): boolean =>
  /^SCAN runs USING (COVERING )?INDEX runs_by_(listing|end)$/.test(detail) && sql.includes('LIMIT ?');

afterEach(() => {
  vi.restoreAllMocks();
});

/** Records the text of every statement that runs until `recorded` is called. */
function recordStatements(): { readonly recorded: () => ReadonlySet<string> } {
  const spies = (['run', 'get', 'all', 'iterate'] as const).map((name) => vi.spyOn(StatementSync.prototype, name));
  return {
    recorded: () => {
      const statements = spies.flatMap(({ mock }) =>
        mock.contexts.map((context) => (context as StatementSync).sourceSQL),
      );
      for (const spy of spies) spy.mockRestore();
      return new Set(statements);
    },
  };
}

/** Each scan of a growing table in the plans of these statements, with the statement. */
function scansIn(statements: ReadonlySet<string>, database: DatabaseSync): readonly string[] {
  return [...statements].flatMap((sql) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail))
      .filter(
        (detail) =>
          new RegExp(`^SCAN (${GROWING})\\b`).test(detail) && !READ_WHOLE.test(detail) && !isPage(detail, sql),
      )
      .map((detail) => `${detail}: ${sql}`),
  );
}

it('reads no table of the history from end to end from the drop of a file to the end of its run', async () => {
  const [server, home] = [await startPracticeServer(), await makeHome()];
  const core = openCore(home);
  try {
    await connectTo(core, server.origin, server.token);
    const statements = recordStatements();
    const { id } = await startRecipe(core, 'Echo', [await home.file('notes.txt', 'some notes')]);
    await runReaches(core, id, 'succeeded');
    core.attention.view();
    core.runs.list();
    core.runs.forTray();
    const recorded = statements.recorded();
    expect(recorded.size).toBeGreaterThan(20);
    const database = new DatabaseSync(join(home.folder, 'omnitray.db'));
    expect(scansIn(recorded, database)).toEqual([]);
    database.close();
  } finally {
    core.close();
    await server.close();
    await home.remove();
  }
});

it('reads no table of the history from end to end when a run ends beyond the limits on stored results', async () => {
  const kept = new KeptRuns(1_000_000);
  try {
    kept.settings.change({ keepDays: 30, keepBytes: MEBIBYTE });
    kept.seen(1, MEBIBYTE);
    kept.now.housekeeping.start();
    await kept.pass(10_000);
    kept.seen(2, MEBIBYTE);
    const statements = recordStatements();
    kept.ended(3, MEBIBYTE);
    await kept.pass(10_000);
    const recorded = statements.recorded();
    expect(kept.now.listed.newest(10).runs).toHaveLength(1);
    expect([...recorded].join('\n')).toMatch(/total\(stored_bytes\)[^]*ORDER BY ended_at/);
    expect(scansIn(recorded, kept.now.database)).toEqual([]);
  } finally {
    kept.close();
  }
});

it('reads no table of the history from end to end to show a batch', () => {
  const kept = new KeptRuns(1_000_000);
  try {
    kept.now.runs.add({ ...aRun(), batchId: 'batch' });
    const statements = recordStatements();
    const batches = new BatchList(kept.now.database);
    batches.stamp('batch');
    expect(batches.page('batch', 0).runs).toHaveLength(1);
    expect(batches.states('batch')).toHaveLength(1);
    batches.answers([aRun().id]);
    const recorded = statements.recorded();
    expect(recorded.size).toBe(6);
    expect(scansIn(recorded, kept.now.database)).toEqual([]);
  } finally {
    kept.close();
  }
});
