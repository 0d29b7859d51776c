import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FreeNames,
  isDeviceName,
  NAME_LIMIT,
  nameKey,
  nameLimitIn,
  safeFileName,
  splitName,
  STORED_NAME_LIMIT,
  titledName,
} from '../../../electron/core/base/file-name.ts';
import { PastedFiles } from '../../../electron/core/intake/pasted-files.ts';
import { toAsciiName } from '../../../electron/core/omnitool/ascii-name.ts';
import { storedName } from '../../../electron/core/base/artifact-file.ts';
import { namesByRule } from '../../../electron/core/export/naming.ts';
import { DEVICE_NAMES, oddName, oddNames } from '../../support/odd-names.ts';

const COUNT = 10_000;
/** Longest name of ext4 and APFS (in bytes) and NTFS (in UTF-16 units). */
const MOST = 255;

const facts = (recipeName: string): { readonly recipeName: string; readonly at: number } => ({ recipeName, at: 0 });

const MAKERS: Readonly<Record<string, (name: string) => string>> = {
  'a file of a result': (name) => safeFileName(name),
  'a file in the folder of its run': (name) => storedName(19_999, name),
  'a copy of an input': (name) => safeFileName(name, STORED_NAME_LIMIT),
  'a text that is saved': (name) => titledName(name, ' 12.md'),
  'the folder of an export': (name) => titledName(name, ' 2026-11-25 14-02'),
  'a rule with all fields': (name) =>
    namesByRule('{date} {time} {recipe} {n} {name}', [{ name }], facts(name))[0] ?? '',
  'a rule with the name alone': (name) => namesByRule('{name}', [{ name }], facts(''))[0] ?? '',
  'a rule with the recipe alone': (name) => namesByRule('{recipe}', [{ name: 'con.txt' }], facts(name))[0] ?? '',
  'a folder that is deep': (name) => safeFileName(name, nameLimitIn(`/${'d'.repeat(4_040)}`, 'linux')),
  'a deep folder of Windows': (name) => safeFileName(name, nameLimitIn(`C:\\${'d'.repeat(230)}`, 'win32')),
  'an upload': toAsciiName,
};

/** Why a file system would refuse a name or a program would misread it; null for a valid name. */
function faultOf(name: string): string | null {
  const added = `${name.replace(/(\.[^.]{1,16})?$/su, ' (10000)$1')}.part`;
  if (Buffer.byteLength(added) > MOST) return 'too many bytes';
  if (added.length > MOST) return 'too many units';
  if (!name.isWellFormed()) return 'half a character';
  if (/[/\\<>:"|?*\p{Cc}\p{Cf}\p{Cn}\u2028\u2029]/u.test(name)) return 'a character that is not safe';
  if (name === '' || /^[\s.]|[\s.]$/.test(name)) return 'a dot or space at an end';
  if (/^(con|prn|aux|nul|(com|lpt)[0-9¹²³]|con(in|out)\$|clock\$)\s*(\.|$)/i.test(name)) return 'a device';
  return null;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omnitray-names-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('every function that makes names', () => {
  it.each(Object.keys(MAKERS))('makes names that every file system takes, for %s', (maker) => {
    const make = MAKERS[maker] ?? String;
    const bad = oddNames(COUNT)
      .map((given) => ({ given, made: make(given) }))
      .flatMap(({ given, made }) => (faultOf(made) === null ? [] : [{ given, made, fault: faultOf(made) }]));
    expect(bad.slice(0, 3)).toEqual([]);
  });

  it.each(DEVICE_NAMES)('never makes the name of a device of %j', (given) => {
    for (const make of Object.values(MAKERS)) expect(isDeviceName(make(given))).toBe(false);
  });

  it('makes distinct names that this file system accepts, with every suffix that may be added', async () => {
    const free = new FreeNames();
    const names = oddNames(COUNT).map((name) => free.take(safeFileName(name)));
    for (const name of names) await writeFile(join(folder, `${name}.part`), '', { flag: 'wx' });
    expect(await readdir(folder)).toHaveLength(COUNT);
  });

  it('stores pasted files under such a name', async () => {
    const kept = new PastedFiles(folder);
    for (const name of [`${'漢'.repeat(83)}.png`, `${'👨‍👩‍👧‍👦'.repeat(40)}.svg`, `x.${'y'.repeat(300)}`, ...DEVICE_NAMES])
      expect(faultOf(basename(await kept.keep(name, new Uint8Array([1]))))).toBeNull();
  });
});

describe('a shortened name', () => {
  it('keeps its ending and has no partial characters', () => {
    expect(safeFileName(`${'漢'.repeat(83)}.png`)).toBe(`${'漢'.repeat(75)}.png`);
    expect(safeFileName(`${'e\u0301'.repeat(200)}.png`)).toMatch(/^(e\u0301)+\.png$/);
    expect(safeFileName(`${'👍🏽'.repeat(100)}.jpeg`)).toMatch(/^(👍🏽)+\.jpeg$/u);
    expect(safeFileName(`a${'\u0301'.repeat(400)}.png`)).toMatch(/^a\u0301+\.png$/);
  });

  it('keeps the suffix of a title', () => {
    expect(titledName('Upscale 4/2', ' 2.md')).toBe('Upscale 4_2 2.md');
    expect(titledName('漢'.repeat(300), ' 2026-11-25 14-02')).toMatch(/^漢+ 2026-11-25 14-02$/);
  });

  it('is shorter in a folder with a long path', () => {
    const path = `C:\\${'d'.repeat(180)}`;
    const made = safeFileName(`${'x'.repeat(300)}.png`, nameLimitIn(path, 'win32'));
    expect(made).toMatch(/^x+\.png$/);
    expect(`${path}\\${made} (10000).part`.length).toBeLessThan(260);
    expect(nameLimitIn('/home/me', 'linux')).toEqual(NAME_LIMIT);
  });
});

describe('FreeNames', () => {
  it('makes names that stay different on a file system that ignores case or normalises Unicode', () => {
    fc.assert(
      fc.property(fc.array(oddName, { maxLength: 40 }), fc.array(oddName, { maxLength: 5 }), (given, there) => {
        const taken = there.map((name) => safeFileName(name));
        const free = new FreeNames(taken);
        const made = given.map((name) => free.take(safeFileName(name)));
        const all = [...new Set(taken.map(nameKey)), ...made.map(nameKey)];
        expect(new Set(all).size).toBe(all.length);
        for (const form of ['NFC', 'NFD'] as const) {
          const folded = made.map((name) => name.normalize(form).toLowerCase());
          expect(new Set(folded).size).toBe(made.length);
        }
      }),
    );
  });

  it('numbers 20,000 files of one name in linear time', () => {
    const free = new FreeNames();
    const names = Array.from({ length: 20_000 }, () => free.take('out.png'));
    expect(names.at(-1)).toBe('out (20000).png');
    expect(new Set(names).size).toBe(20_000);
  });
});

describe('splitName', () => {
  it.each([
    ['a.png', 'a', '.png'],
    ['a.tar.gz', 'a.tar', '.gz'],
    ['png', 'png', ''],
    ['.png', '.png', ''],
    [`a.${'x'.repeat(17)}`, `a.${'x'.repeat(17)}`, ''],
  ])('takes %j apart', (name, stem, ending) => expect(splitName(name)).toEqual({ stem, ending }));
});
