import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExportReceipt, exportRun } from '../../../electron/core/export/export.ts';
import { inputCopyPath } from '../../../electron/core/intake/input-copies.ts';
import type { Run, RunInput } from '../../../electron/core/model/run.ts';
import type { StoredArtifact, StoredResult } from '../../../electron/core/store/result-store.ts';
import { aRun } from '../../support/a-run.ts';
import { anInput } from '../../support/an-input.ts';

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-export-'));
  target = join(folder, 'target');
  mkdirSync(target);
});
afterEach(() => rmSync(folder, { recursive: true }));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A file on the disk as an uploaded input. */
function dropped(name: string, change: Partial<RunInput> = {}): RunInput {
  const path = join(folder, name);
  writeFileSync(path, name);
  const { size, mtimeMs } = statSync(path);
  return anInput({ name, path, size, mtimeMs, sha256: sha256(name), ...change });
}

function artifact(position: number, name: string, change: Partial<StoredArtifact> = {}): StoredArtifact {
  const file = `${position + 1}-${name}`;
  writeFileSync(join(folder, file), name);
  const facts = { list: 'images', mime: 'image/png', width: null, height: null, expires: null } as const;
  const fetched = { size: name.length, sha256: sha256(name), problem: null, message: null, tries: 0, source: null };
  return { position, fid: '98,82et7yirh4', name, file, ...facts, ...fetched, ...change };
}

const run = (change: Partial<Run> = {}): Run => ({
  ...aRun(),
  recipeName: 'Upscale: 4.5x',
  takes: ['images', 'text'],
  state: 'succeeded',
  message: 'large, please',
  startedAt: 2_000,
  endedAt: new Date(2026, 10, 25, 14, 2).getTime(),
  ...change,
});
const result = (change: Partial<StoredResult> = {}): StoredResult => ({
  texts: ['**done**'],
  objects: ['{\n  "a": 1\n}'],
  messages: [
    { position: 0, text: 'hello', format: 'markdown' },
    { position: 1, text: '', format: 'plain' },
  ],
  artifacts: [],
  leftOut: 0,
  ...change,
});
const receiptIn = (place: string): ExportReceipt =>
  JSON.parse(readFileSync(join(place, 'receipt.json'), 'utf8')) as ExportReceipt;

describe('exportRun', () => {
  it('makes a folder with inputs, outputs and the receipt', async () => {
    const inputs = [
      dropped('hills.png'),
      anInput({ position: 1, kind: 'link', name: 'x.test', path: null, text: 'https://x.test', size: 14 }),
    ];
    const artifacts = [artifact(0, 'large.png'), artifact(1, 'large.png')];
    const made = await exportRun({ run: run({ inputs }), result: result({ artifacts }), folder }, target);
    expect(made).toMatchObject({ files: 8, failed: [] });
    expect(basename(made.folder)).toBe('Upscale_ 4.5x 2026-11-25 14-02');
    expect(readdirSync(made.folder, { recursive: true }).map(String).sort()).toEqual([
      'inputs',
      'inputs/hills.png',
      'inputs/link-2.txt',
      'inputs/message.txt',
      'outputs',
      'outputs/chat-1.md',
      'outputs/data-1.json',
      'outputs/large (2).png',
      'outputs/large.png',
      'outputs/text-1.md',
      'receipt.json',
    ]);
    expect(readFileSync(join(made.folder, 'outputs/text-1.md'), 'utf8')).toBe('**done**');
  });

  it('gives a file and a text with the same name different names', async () => {
    const inputs = [dropped('link-2.txt'), anInput({ position: 1, kind: 'link', path: null, text: 'https://x.test' })];
    const made = await exportRun({ run: run({ inputs }), result: result(), folder }, target);
    expect(made.failed).toEqual([]);
    expect(readFileSync(join(made.folder, 'inputs/link-2.txt'), 'utf8')).toBe('link-2.txt');
    expect(readFileSync(join(made.folder, 'inputs/link-2 (2).txt'), 'utf8')).toBe('https://x.test');
  });

  it('lists the chat messages that were too large to store', async () => {
    const made = await exportRun({ run: run(), result: result({ leftOut: 12 }), folder }, target);
    expect(made.failed).toEqual(['12 more']);
    expect(receiptIn(made.folder).outputs).toContainEqual(
      expect.objectContaining({ kind: 'chat', file: null, missing: 'left-out' }),
    );
  });

  it('writes a receipt with a stable shape and no secrets', async () => {
    const artifacts = [artifact(0, 'large.png')];
    const source = { run: run({ inputs: [dropped('hills.png')] }), result: result({ artifacts }), folder };
    const { folder: made } = await exportRun(source, target);
    const receipt = receiptIn(made);
    expect(receipt).toMatchObject({
      format: 'omnitray-receipt',
      version: 1,
      recipe: { id: 'recipe-1', name: 'Upscale: 4.5x' },
      server: { name: 'Home server', address: 'http://127.0.0.1:1688' },
      state: 'succeeded',
      start: 'taken',
      started: '1970-01-01T00:00:02.000Z',
    });
    expect(receipt.inputs.at(-1)).toEqual({
      kind: 'image',
      name: 'hills.png',
      size: 9,
      type: 'image/png',
      sha256: sha256('hills.png'),
      file: 'inputs/hills.png',
      missing: null,
      sentAs: 'images',
      sent: { size: 9, sha256: sha256('hills.png') },
      changes: [],
    });
    expect(JSON.stringify(receipt)).not.toMatch(/wjvq5f2y1e|82et7yirh4|fid/);
  });

  it('never writes into an existing folder', async () => {
    const source = { run: run(), result: result(), folder };
    const [one, two] = [await exportRun(source, target), await exportRun(source, target)];
    expect(basename(two.folder)).toBe(`${basename(one.folder)} (2)`);
  });

  it('uses the stored copy of a file, and lists what is missing and why', async () => {
    const [changed, gone, kept] = [
      dropped('changed.png'),
      dropped('gone.png'),
      dropped('kept.png', { copy: 'kept.png' }),
    ];
    writeFileSync(join(folder, 'changed.png'), 'something else');
    rmSync(join(folder, 'gone.png'));
    rmSync(join(folder, 'kept.png'));
    const inputs = [changed, gone, kept].map((input, position) => ({ ...input, position }));
    mkdirSync(join(folder, 'inputs/2'), { recursive: true });
    writeFileSync(inputCopyPath(folder, 2, 'kept.png'), 'kept.png');
    const artifacts = [artifact(0, 'lost.png', { file: null, problem: 'gone' }), artifact(1, 'taken away.png')];
    rmSync(join(folder, '2-taken away.png'));
    const source = { run: run({ inputs, message: '' }), result: result({ artifacts }), folder };
    const { folder: made, failed } = await exportRun(source, target);
    expect(failed).toEqual(['changed.png', 'gone.png', 'lost.png', 'taken away.png']);
    expect(readdirSync(join(made, 'inputs'))).toEqual(['kept.png']);
    const { inputs: told, outputs } = receiptIn(made);
    expect(told.map(({ missing }) => missing)).toEqual(['changed', 'gone', null]);
    expect(outputs.filter(({ kind }) => kind === 'file').map(({ missing }) => missing)).toEqual(['gone', 'not-copied']);
  });

  it('reports a folder that cannot be written', async () => {
    writeFileSync(join(folder, 'a file'), '');
    const source = { run: run(), result: result(), folder };
    await expect(exportRun(source, join(folder, 'a file'))).rejects.toMatchObject({ code: 'disk-in-the-way' });
  });
});
