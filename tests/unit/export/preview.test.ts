import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdfBytes, previewOf } from '../../../electron/core/export/preview.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omnitray-preview-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'a.txt');
  await writeFile(path, content);
  return path;
}

describe('the preview of a file', () => {
  it.each([
    ['UTF-8', Buffer.from('Grüße, 世界')],
    ['UTF-8 with a mark', Buffer.from('\uFEFFGrüße, 世界')],
    ['UTF-16, little end first', Buffer.from('\uFEFFGrüße, 世界', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\uFEFFGrüße, 世界', 'utf16le').swap16()],
  ])('reads %s', async (_name, bytes) => {
    const preview = await previewOf(await file(bytes), 'a.txt');
    expect(preview).toMatchObject({
      ...{ kind: 'text', text: 'Grüße, 世界', truncated: false, size: bytes.length },
      assumed: false,
    });
  });

  it('has its first 256 KiB without a partial character', async () => {
    // The cut goes through a character of two bytes.
    const text = `a${'ü'.repeat(200_000)}`;
    const preview = await previewOf(await file(text), 'a.txt');
    expect(preview).toMatchObject({ kind: 'text', text: text.slice(0, 131_072), truncated: true, size: 400_001 });
  });

  it.each([
    ['zeros', Buffer.alloc(64)],
    [
      'bytes of everything',
      Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 167 + (index >> 8)) % 256)),
    ],
    ['a program', Buffer.from('7f454c4602010100000000000000000003003e0001000000c0d7000000000000', 'hex')],
  ])('is none with %s', async (_name, bytes) => {
    expect(await previewOf(await file(bytes), 'a.txt')).toEqual({ kind: 'none' });
  });

  it('is empty for an empty file', async () => {
    expect(await previewOf(await file(''), 'a.txt')).toMatchObject({ kind: 'text', text: '', truncated: false });
  });

  it('reports a missing and an unreadable file', async () => {
    await expect(previewOf(join(folder, 'none.txt'), 'none.txt')).rejects.toMatchObject({
      code: 'artifact-gone',
      detail: 'none.txt',
    });
    await expect(previewOf(folder, 'folder')).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

describe('the bytes of a PDF', () => {
  it('are the bytes of the file', async () => {
    expect(Buffer.from((await pdfBytes(await file('%PDF-1.4\n%%EOF'), 'a.pdf')) ?? []).toString()).toBe(
      '%PDF-1.4\n%%EOF',
    );
  });

  it('are refused for other types and for too large files', async () => {
    expect(await pdfBytes(await file('<html>'), 'a.pdf')).toBeNull();
    const large = Buffer.alloc(33_554_433);
    large.write('%PDF-1.4');
    expect(await pdfBytes(await file(large), 'a.pdf')).toBeNull();
  });
});
