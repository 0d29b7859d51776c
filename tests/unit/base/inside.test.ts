import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { safeFileName } from '../../../electron/core/base/file-name.ts';
import { artifactFolder } from '../../../electron/core/base/folders.ts';
import { inside, OutsideFolder } from '../../../electron/core/base/inside.ts';

import { artifactPath } from '../../../electron/core/model/artifact-path.ts';
import { inputCopyPath } from '../../../electron/core/intake/input-copies.ts';

const LEAVING = [
  '..',
  '.',
  '',
  '../../etc/passwd',
  '/etc/passwd',
  'a/../../b',
  '..\\..\\b',
  'C:\\b',
  'C:',
  'a\0b',
  `a${sep}b`,
];

describe('a file name from the database', () => {
  it.each(LEAVING)('%j cannot leave its folder', (name) => {
    expect(() => inside('/data', name)).toThrow(OutsideFolder);
    expect(() => artifactFolder('/data', name)).toThrow(OutsideFolder);
    expect(() => inputCopyPath('/data/run', 0, name)).toThrow(OutsideFolder);
    const artifact = {
      position: 0,
      fid: 'f',
      list: 'files',
      name: 'a',
      mime: 'a/b',
      size: 1,
      width: null,
      height: null,
    } as const;
    const stored = { ...artifact, expires: null, sha256: null, problem: null, message: null, tries: 0, file: name };
    expect(() => artifactPath('/data/run', stored)).toThrow(OutsideFolder);
  });

  it.each([...LEAVING, 'notes.txt', 'ä 日本.txt', 'con.txt', 'a:b', '...'])(
    '%j is valid after safeFileName',
    (name) => {
      expect(inside('/data', safeFileName(name))).toBe(join('/data', safeFileName(name)));
    },
  );
});
