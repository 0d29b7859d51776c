import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { DISK_CODES, type DiskCode, DOUBTFUL_DISK_CODES, LASTING_DISK_CODES } from '../../../electron/contract/disk.ts';
import { diskErrorWords, diskFileWords, diskRunWords, diskStartWords } from '../../../electron/contract/text/disk.ts';
import { AppError } from '../../../electron/core/base/coded-error.ts';
import { errorView, startErrorOf } from '../../../electron/core/base/error-view.ts';
import { DiskError, diskCodeOf, diskErrorOf, isDoubtful, isLasting } from '../../../electron/core/base/disk-error.ts';
import { OmnitoolError } from '../../../electron/core/omnitool/errors.ts';
import { decideAfterCollecting } from '../../../electron/core/runs/failure-policy.ts';
import { onDisk } from '../../../electron/core/settings/settings-file.ts';

const failed = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'open', path: '/data' });

describe('the meaning of an errno', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'disk-refused'],
    ['EPERM', 'disk-refused'],
    ['EROFS', 'disk-read-only'],
    ['ENOENT', 'disk-gone'],
    ['ESTALE', 'disk-unanswered'],
    ['ETIMEDOUT', 'disk-unanswered'],
    ['EBUSY', 'disk-busy'],
    ['EMFILE', 'disk-crowded'],
    ['ENFILE', 'disk-crowded'],
    ['EIO', 'disk-broken'],
    ['ENAMETOOLONG', 'disk-name'],
    ['EILSEQ', 'disk-name'],
    ['EINVAL', 'disk-name'],
    ['EISDIR', 'disk-in-the-way'],
    ['ENOTDIR', 'disk-in-the-way'],
    ['ELOOP', 'disk-in-the-way'],
    ['EFBIG', 'disk-file-too-large'],
    ['EPROTONOSUPPORT', 'disk-failed'],
  ] as const)('%s is %s on every platform', (errno, code) => {
    expect(diskCodeOf(failed(errno))).toBe(code);
    expect(diskErrorOf(failed(errno)).code).toBe(code);
    const settingsCall = (): never => {
      throw failed(errno);
    };
    expect(() => onDisk(settingsCall)).toThrow(expect.objectContaining({ name: 'SettingsError', code }) as Error);
    expect(errorView(new DiskError(code))).toEqual({ code, detail: null });
  });

  it('covers every errno of this system, and only the right ones mean full or forbidden', () => {
    for (const errno of Object.keys(constants.errno)) {
      const code = diskCodeOf(failed(errno));
      expect(code === 'disk-full', errno).toBe(['ENOSPC', 'EDQUOT'].includes(errno));
      expect(code === 'disk-refused', errno).toBe(['EACCES', 'EPERM'].includes(errno));
    }
    expect(diskCodeOf(new Error('no system call'))).toBeNull();
    expect(() => diskErrorOf(new TypeError('ours'))).toThrow(TypeError);
  });

  it('decides how long a file is retried', () => {
    const patience = (code: DiskCode): string => (isLasting(code) ? 'none' : isDoubtful(code) ? 'some' : 'endless');
    expect(Object.groupBy(DISK_CODES, patience)).toEqual({
      endless: ['disk-full', 'disk-refused', 'disk-gone', 'disk-unanswered', 'disk-busy', 'disk-crowded'],
      some: DOUBTFUL_DISK_CODES,
      none: LASTING_DISK_CODES,
    });
  });

  it('of a full disk names the missing bytes', () => {
    const failure = new DiskError('disk-full', { missing: 5_000_000 });
    expect(decideAfterCollecting(failure)).toMatchObject({ is: 'wait', reason: 'disk-full', detail: '5000000' });
    const server = new OmnitoolError({ code: 'unreachable', method: 'GET', path: '/', sent: 'no' });
    expect(decideAfterCollecting(server)).toMatchObject({ reason: 'server-away' });
  });
});

describe('the text for it', () => {
  const allWords = (code: DiskCode): readonly (string | null)[] => [
    ...diskErrorWords(code, 'hills.png'),
    ...diskErrorWords(code, null),
    ...diskStartWords(code, '/home/ada/.config/OmniTray'),
    ...diskRunWords(code, null),
    ...(isLasting(code) || isDoubtful(code) ? [diskFileWords(code)] : []),
  ];

  it.each(DISK_CODES)('of %s has whole sentences', (code) => {
    for (const words of allWords(code)) {
      expect(words).toMatch(/^[^a-z].*\.$/u);
      expect(words).not.toMatch(/errno|E[A-Z]{3,}|undefined|null|!/);
      if (code !== 'disk-refused') expect(words).not.toMatch(/may not write|rights/);
      if (code !== 'disk-full') expect(words).not.toMatch(/full|room/);
    }
  });

  it.each(DISK_CODES)('of %s at the start names the folder', (code) => {
    expect(diskStartWords(code, '/home/ada/.config/OmniTray').join(' ')).toContain('/home/ada/.config/OmniTray');
  });

  it('says how much space is missing', () => {
    expect(diskRunWords('disk-full', '1288490189')[0]).toBe(
      'The disk is too full: 1.2 GB more are needed. This run waits for room.',
    );
  });
});

describe('a start', () => {
  it('that the disk prevents names the folder, and any other failure is unchanged', () => {
    expect(startErrorOf(failed('EROFS'), '/data')).toMatchObject({ code: 'disk-read-only', detail: '/data' });
    expect(startErrorOf(failed('EEXIST'), '/data')).toBeInstanceOf(AppError);
    const ours = new TypeError('ours');
    expect(startErrorOf(ours, '/data')).toBe(ours);
  });
});
