import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HandOut } from '../../../electron/core/export/hand-out.ts';
import { runId } from '../../support/kept-runs.ts';

let folder: string;
let stored: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-hand-out-'));
  stored = join(folder, '1-hills.png');
  writeFileSync(stored, 'hills');
});
afterEach(() => rmSync(folder, { recursive: true }));

const hills = () => ({ runId: runId(1), position: 0, name: 'hills.png', path: stored });

it('copies a file under its own name into a folder for this user only', async () => {
  const given = await new HandOut(folder).forDrag(hills());
  expect(basename(given)).toBe('hills.png');
  expect(readFileSync(given, 'utf8')).toBe('hills');
  expect(statSync(join(given, '..')).mode & 0o077).toBe(0);
});

it('drags a copy, so that the receiver cannot change the result, and drags the original bytes the next time', async () => {
  const handOut = new HandOut(folder);
  const first = await handOut.forDrag(hills());
  writeFileSync(first, 'spoiled by whoever took it');
  expect(readFileSync(stored, 'utf8')).toBe('hills');
  expect(readFileSync(await handOut.forDrag(hills()), 'utf8')).toBe('hills');
});

it('opens a copy that a program may write to', async () => {
  const handOut = new HandOut(folder);
  const opened = await handOut.forOpening(hills());
  writeFileSync(opened, 'painted over');
  expect(readFileSync(stored, 'utf8')).toBe('hills');
  expect(readFileSync(await handOut.forOpening(hills()), 'utf8')).toBe('painted over');
});

it('removes the copies of a run, and those of earlier starts', async () => {
  const earlier = new HandOut(folder);
  const old = await earlier.forOpening(hills());
  const handOut = new HandOut(folder);
  await handOut.sweep();
  expect(existsSync(old)).toBe(false);
  const [kept, given] = [await handOut.forDrag({ ...hills(), runId: runId(2) }), await handOut.forDrag(hills())];
  await handOut.sweep();
  await handOut.removeCopies(runId(1));
  expect([existsSync(given), existsSync(kept), existsSync(stored)]).toEqual([false, true, true]);
  await new HandOut(join(folder, 'nothing here')).sweep();
});

it('reports a missing file', async () => {
  rmSync(stored);
  await expect(new HandOut(folder).forDrag(hills())).rejects.toMatchObject({ code: 'artifact-gone' });
});
