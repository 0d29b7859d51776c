import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OmnitoolServer } from '../../../electron/core/omnitool/server.ts';
import { type ExportReceipt, exportRun } from '../../../electron/core/export/export.ts';
import { inputViews } from '../../../electron/core/history/input-pictures.ts';
import { copyUnderFreeName, planSave, saveText } from '../../../electron/core/export/saver.ts';
import type { RunInput } from '../../../electron/core/model/run.ts';
import { sameInputs } from '../../../electron/core/intake/same-inputs.ts';
import { userFiles } from '../../../electron/core/user-files/user-files.ts';
import { startPracticeServer } from '../../../electron/practice/server.ts';
import { aRun } from '../../support/a-run.ts';
import { anInput } from '../../support/an-input.ts';
import { mountShare } from '../../support/hung-share.ts';
import { needs } from '../../support/needs.ts';

/** Longest wait of a test; a condition that holds ends it at once. */
const PATIENCE = { timeout: 15_000 };

const hung = await mountShare();

describe('results and a drive that hangs', () => {
  needs(hung.lacking);
  const there = join(hung.folder, 'picture.png');
  let folder: string;
  let stored: string;
  let usual: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'omnitray-hung-results-'));
    stored = join(folder, '1-hills.png');
    writeFileSync(stored, 'hills');
    writeFileSync(there, 'a picture');
    usual = userFiles.answerWithin(500);
  });
  afterEach(async () => {
    if (hung.lacking !== null) return;
    await hung.answer();
    await expect.poll(() => userFiles.stat(hung.folder).catch(() => null), PATIENCE).not.toBeNull();
    userFiles.answerWithin(usual);
    rmSync(folder, { recursive: true });
  });
  afterAll(() => hung.remove());

  function inputThere(): RunInput & { readonly path: string } {
    const { size, mtimeMs } = statSync(there);
    return { ...anInput({ name: 'picture.png', mime: 'image/png', size, mtimeMs }), path: there };
  }

  it('reports it for a save and for the folder of an export', async () => {
    await hung.hang();
    const refusal = { code: 'disk-unanswered' };
    await expect(copyUnderFreeName(stored, 'hills.png', join(hung.folder, 'hills.png'))).rejects.toMatchObject(refusal);
    await expect(saveText('words', join(hung.folder, 'words.md'))).rejects.toMatchObject(refusal);
    const source = { run: aRun(), result: { texts: [], objects: [], messages: [], artifacts: [], leftOut: 0 }, folder };
    await expect(exportRun(source, hung.folder)).rejects.toMatchObject(refusal);
    expect(await planSave([], { folder: hung.folder, rule: '{name}', facts: { recipeName: '', at: 0 } })).toEqual([]);
  });

  it('exports the other parts of a run whose file does not answer', async () => {
    const inputs = [inputThere(), anInput({ position: 1, kind: 'text', name: 'Text', path: null, text: 'words' })];
    await hung.hang();
    const target = join(folder, 'target');
    mkdirSync(target);
    const run = { ...aRun(), inputs, message: '' };
    const made = await exportRun(
      { run, result: { texts: ['done'], objects: [], messages: [], artifacts: [], leftOut: 0 }, folder },
      target,
    );
    expect(made).toMatchObject({ files: 2, failed: ['picture.png'] });
    const receipt = JSON.parse(readFileSync(join(made.folder, 'receipt.json'), 'utf8')) as ExportReceipt;
    expect(receipt.inputs).toMatchObject([{ file: null, missing: 'unanswered' }, { missing: null }]);
  });

  it('shows a result without a picture that does not answer in time', async () => {
    const input = inputThere();
    expect(await inputViews('r', [input], folder)).toMatchObject([{ picture: expect.any(String) as unknown }]);
    userFiles.answerWithin(usual);
    await hung.hang();
    expect(await inputViews('r', [input], folder)).toMatchObject([{ name: 'picture.png', picture: null }]);
  });

  it('does not rerun with a file that does not answer, and says why', async () => {
    const run = { ...aRun(), takes: ['images'] as const, inputs: [{ ...inputThere(), kind: 'image' as const }] };
    await hung.hang();
    await expect(sameInputs(run, { from: folder, to: join(folder, 'new') })).rejects.toMatchObject({
      code: 'file-unanswered',
      detail: 'picture.png',
    });
  });

  it('cancels an upload whose file stops in the middle, and the server stores nothing of it', async () => {
    const size = 4_000_000;
    writeFileSync(there, Buffer.alloc(size, 'x'));
    const practice = await startPracticeServer();
    const server = new OmnitoolServer({ origin: practice.origin, token: practice.token });
    const sending = server.upload({ path: there, name: 'a.png', size }, { onProgress: () => void hung.hang() });
    await expect(sending).rejects.toMatchObject({ code: 'file-unanswered', sent: 'no' });
    server.close();
    await practice.close();
  });
});
