import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName } from '../../../electron/core/base/file-name.ts';
import { artifactKind } from '../../../electron/core/base/artifact-file.ts';

describe('safeFileName', () => {
  it.each([
    ['photo.png', 'photo.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\evil.exe', 'evil.exe'],
    ['...', 'file'],
    ['', 'file'],
    ['con.txt', '_con.txt'],
    ['LPT1', '_LPT1'],
    ['a<b>:"c|?*.txt', 'a_b___c___.txt'],
    ['invoice\u202egnp.exe', 'invoicegnp.exe'],
    ['日本語 の写真.png', '日本語 の写真.png'],
    ['name. ', 'name'],
  ])('makes %j %j', (given, safe) => expect(safeFileName(given)).toBe(safe));

  it('keeps the ending of a long name, and never returns an empty name, a path or a device', () => {
    expect(safeFileName(`${'x'.repeat(500)}.png`)).toMatch(/^x+\.png$/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = safeFileName(name);
        expect(safe.length).toBeGreaterThan(0);
        expect(safe.length).toBeLessThanOrEqual(260);
        expect(safe).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}]/u);
        expect(safe).not.toMatch(/^\.|[. ]$/);
      }),
    );
  });
});

describe('artifactKind', () => {
  it.each([
    ['image/png', 'image'],
    ['audio/mpeg', 'audio'],
    ['video/mp4', 'video'],
    ['text/csv', 'document'],
    ['application/pdf', 'document'],
    ['application/zip', 'file'],
  ])('shows %s as %s', (mime, kind) => expect(artifactKind(mime)).toBe(kind));
});
