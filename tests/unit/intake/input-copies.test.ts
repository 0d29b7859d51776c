import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inputCopyPath } from '../../../electron/core/intake/input-copies.ts';
import type { RunIn, RunInput } from '../../../electron/core/model/run.ts';
import { aRun } from '../../support/a-run.ts';
import { KeptRuns, runId } from '../../support/kept-runs.ts';

let kept: KeptRuns;
beforeEach(() => {
  kept = new KeptRuns(1_000);
});
afterEach(() => {
  kept.close();
  expect(kept.logger.errors).toEqual([]);
});

function input(position: number, name: string, content: string): RunInput {
  const path = join(kept.folder, name);
  writeFileSync(path, content);
  const { size, mtimeMs } = statSync(path);
  const none = {
    text: null,
    mime: null,
    sha256: null,
    fid: null,
    fidExpires: null,
    copy: null,
    sendAs: null,
    serverName: null,
    madeFrom: null,
    field: null,
  };
  return { ...none, position, kind: 'document', name, path, size, mtimeMs };
}

function stored(...inputs: readonly RunInput[]): RunIn<'queued'> {
  const run = { ...aRun(), id: runId(1), inputs };
  kept.now.runs.add(run);
  return run;
}
const copies = (): readonly (string | null)[] => kept.now.runs.find(runId(1))?.inputs.map(({ copy }) => copy) ?? [];
const copied = (position: number, name: string): string => inputCopyPath(kept.folderOf(runId(1)), position, name);

describe('copies of inputs', () => {
  it('are the original files under their own names, readable by this user only', async () => {
    const run = stored(input(0, 'a.txt', 'first'), input(1, 'b.txt', 'second'));
    kept.now.copies.keep([run]);
    await kept.now.copies.settled();
    expect(copies()).toEqual(['a.txt', 'b.txt']);
    expect(readFileSync(copied(1, 'b.txt'), 'utf8')).toBe('second');
    expect(statSync(copied(0, 'a.txt')).mode & 0o077).toBe(0);
    expect(readdirSync(join(kept.folderOf(runId(1)), 'inputs', '0'))).toEqual(['a.txt']);
  });

  it('are skipped for a changed or missing file, and made of the others', async () => {
    const [changed, gone, same] = [input(0, 'a.txt', 'x'), input(1, 'b.txt', 'y'), input(2, 'c.txt', 'z')];
    const run = stored(changed, gone, same);
    utimesSync(changed.path ?? '', 1, 1);
    rmSync(gone.path ?? '');
    kept.now.copies.keep([run]);
    await kept.now.copies.settled();
    expect(copies()).toEqual([null, null, 'c.txt']);
    expect(readdirSync(join(kept.folderOf(runId(1)), 'inputs'))).toEqual(['2']);
  });

  it('that fail stop neither the run nor other copies', async () => {
    const run = stored(input(0, 'a.txt', 'x'));
    // A file takes the place of the folder.
    kept.files(runId(1));
    writeFileSync(join(kept.folderOf(runId(1)), 'inputs'), '');
    const other = { ...aRun(), id: runId(2), inputs: [input(0, 'b.txt', 'y')] };
    kept.now.runs.add(other);
    kept.now.copies.keep([run, other]);
    await kept.now.copies.settled();
    expect(copies()).toEqual([null]);
    expect(kept.now.runs.find(runId(2))?.inputs[0]?.copy).toBe('b.txt');
  });

  it('do not recreate the folder of a removed run', async () => {
    const run = stored(input(0, 'a.txt', 'x'));
    kept.now.copies.keep([run]);
    kept.now.runs.move(run, 'stopped');
    kept.now.runs.hide([run.id], 1);
    kept.now.runs.purge([run.id]);
    await kept.now.copies.settled();
    expect(existsSync(kept.folderOf(run.id))).toBe(false);
  });

  it('are made after a crash for unfinished runs', async () => {
    kept.settings.change({ keepInputs: true });
    const run = stored(input(0, 'a.txt', 'first'), { ...input(1, 'b.txt', 'second'), copy: 'b.txt' });
    kept.restart();
    kept.now.housekeeping.start();
    await kept.now.copies.settled();
    expect(copies()).toEqual(['a.txt', 'b.txt']);
    expect(existsSync(copied(1, 'b.txt'))).toBe(false);
    expect(readFileSync(copied(0, 'a.txt'), 'utf8')).toBe('first');
    expect(run.inputs).toHaveLength(2);
  });

  it('are not made when the setting is off', async () => {
    stored(input(0, 'a.txt', 'first'));
    kept.now.housekeeping.start();
    await kept.now.copies.settled();
    expect(copies()).toEqual([null]);
  });

  it('are deleted with their run', async () => {
    const run = stored(input(0, 'a.txt', 'x'));
    kept.now.copies.keep([run]);
    await kept.now.copies.settled();
    kept.now.runs.move(run, 'stopped');
    kept.now.removal.remove([run.id]);
    await kept.pass(10_100);
    expect(existsSync(kept.folderOf(run.id))).toBe(false);
  });
});
