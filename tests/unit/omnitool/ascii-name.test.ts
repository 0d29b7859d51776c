import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_NAME_LENGTH, toAsciiName } from '../../../electron/core/omnitool/ascii-name.ts';

describe('the name of an upload', () => {
  it.each([
    ['holiday.jpg', 'holiday.jpg'],
    ['Größe Œuvre Łódź.PNG', 'Grosse OEuvre Lodz.PNG'],
    ['café crème.pdf', 'cafe creme.pdf'],
    ['画像.png', 'file.png'],
    ['photo 画像 1.png', 'photo _ 1.png'],
    ['🐴.txt', 'file.txt'],
    ['C:\\Users\\me\\a.b.c.tar.gz', 'a.b.c.tar.gz'],
    ['../../etc/passwd', 'passwd'],
    ['.gitignore', 'file.gitignore'],
    ['..', 'file'],
    ['', 'file'],
    ['a"; filename="b.exe', 'a_ filename=_b.exe'],
    ['line\r\nbreak.txt', 'line_break.txt'],
    ['no extension', 'no extension'],
    ['notes v1.2 final', 'notes v1.2 final'],
    ['trailing. ', 'trailing'],
  ])('%j becomes %j', (name, expected) => {
    expect(toAsciiName(name)).toBe(expected);
  });

  it('is short, safe in a header and a path, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const made = toAsciiName(name);
        expect(made).toMatch(/^[A-Za-z0-9 ._()+,@=-]+$/);
        expect(made).not.toMatch(/^[. ]|[. ]$/);
        expect(made.length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
      }),
    );
  });

  it('keeps a plain extension', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.stringMatching(/^[a-z0-9]{1,8}$/),
        (stem, suffix) => {
          expect(toAsciiName(`${stem}.${suffix}`).endsWith(`.${suffix}`)).toBe(true);
        },
      ),
    );
  });

  it('keeps a plain name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9][a-zA-Z0-9 _-]{0,40}[a-z0-9]\.[a-z0-9]{1,8}$/), (name) => {
        expect(toAsciiName(name)).toBe(name);
      }),
    );
  });
});
