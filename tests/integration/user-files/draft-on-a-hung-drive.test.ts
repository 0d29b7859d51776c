import { lookup } from 'node:dns/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../../electron/core/app/core.ts';
import { startDraft } from '../../../electron/core/app/start-runs.ts';
import { servedFile } from '../../../electron/core/app/served-file.ts';
import { userFiles } from '../../../electron/core/user-files/user-files.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { mountShare } from '../../support/hung-share.ts';
import { needs } from '../../support/needs.ts';
import { connectTo, makeHome, openCore, runReaches, startRecipe, type TestHome } from '../../support/test-core.ts';

/** Longest wait of a test; a condition that holds ends it at once. */
const PATIENCE = { timeout: 15_000 };

const hung = await mountShare();

describe('a draft with files of a drive that hangs', () => {
  needs(hung.lacking);
  let home: TestHome;
  let server: PracticeServer;
  let core: Core;
  let usual: number;
  let paths: readonly string[];

  beforeEach(async () => {
    paths = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => join(hung.folder, `${name}.txt`));
    for (const path of paths) writeFileSync(path, 'words of a file');
    server = await startPracticeServer();
    home = await makeHome();
    core = openCore(home);
    await connectTo(core, server.origin, server.token);
    usual = userFiles.answerWithin(1_500);
  });
  afterEach(async () => {
    if (hung.lacking !== null) return;
    await comesBack();
    userFiles.answerWithin(usual);
    core.close();
    await server.close();
    await home.remove();
  });
  afterAll(() => hung.remove());

  /** The drive answers again, and its waiting callers continue. */
  async function comesBack(): Promise<void> {
    await hung.answer();
    await expect.poll(() => userFiles.stat(hung.folder).catch(() => null), PATIENCE).not.toBeNull();
  }
  const problems = (): readonly unknown[] => core.draft.view().attachments.map(({ problem }) => problem);
  const all = <T>(value: T): readonly T[] => paths.map(() => value);

  it('shows them at once as being inspected, then their problem, and delays nothing else', async () => {
    await hung.hang();
    const added = core.draft.add({ paths });
    await expect.poll(problems, PATIENCE).toEqual(all('looking'));
    // Used while files hang: a local file, host names, the server, the database, the keychain.
    const local = await home.file('local.txt', 'words');
    await core.draft.add({ paths: [local] });
    expect(problems()).toEqual([...all('looking'), null]);
    await Promise.all([lookup('localhost'), core.catalogue.refresh(), home.keychain.read('any')]);
    expect(core.runs.list()).toEqual([]);
    expect(await servedFile(core, 'omnitray-artifact://draft/none')).toBeNull();
    expect(problems()).toEqual([...all('looking'), null]);
    await added;
    expect(problems()).toEqual([...all('unanswered'), null]);
  });

  it('is restored at the next start without waiting for them', async () => {
    await core.draftPersistence.start();
    await core.draft.add({ paths, texts: ['a text'] });
    core.close();
    await hung.hang();
    core = openCore(home);
    const restored = core.draftPersistence.start();
    await expect.poll(problems, PATIENCE).toEqual([...all('looking'), null]);
    // A program that ends now writes the whole draft.
    core.close();
    await restored;
    await comesBack();
    core = openCore(home);
    await core.draftPersistence.start();
    expect(problems()).toEqual([...all(null), null]);
  });

  it('does not restore a file removed during its inspection', async () => {
    await hung.hang();
    const added = core.draft.add({ paths });
    await expect.poll(problems, PATIENCE).toEqual(all('looking'));
    core.draft.remove(core.draft.view().attachments[0]?.id ?? '');
    await added;
    expect(problems()).toEqual(all('unanswered').slice(1));
    core.draft.clear();
    expect(problems()).toEqual([]);
  });

  it('cannot be run, and says why', async () => {
    await core.draft.add({ paths });
    await hung.hang();
    core.draft.edit({ recipeId: core.catalogue.view.recipes.find(({ name }) => name === 'Echo')?.id ?? null });
    await expect(startDraft(core, 'app')).rejects.toMatchObject({ code: 'attachment-problem', detail: 'a.txt' });
    expect(problems()).toEqual(all('unanswered'));
  });

  it('makes each of its runs wait for the drive, and continue when it is back', async () => {
    core.settings.change({ paused: true });
    const waits = await startRecipe(core, 'Echo', paths.slice(0, 1));
    const goes = await startRecipe(core, 'Echo', [await home.file('local.txt', 'words')]);
    await hung.hang();
    core.settings.change({ paused: false });
    await runReaches(core, goes.id, 'succeeded');
    await expect
      .poll(() => core.runs.get(waits.id), PATIENCE)
      .toMatchObject({
        state: 'waiting',
        reason: 'file-unanswered',
        reasonDetail: 'a.txt',
      });
    await hung.answer();
    await runReaches(core, waits.id, 'succeeded');
  });
});
