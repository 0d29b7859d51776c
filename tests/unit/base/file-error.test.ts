import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { errorWords } from '../../../electron/contract/text/errors.ts';
import { runStateWords } from '../../../electron/contract/text/runs.ts';
import { errorView } from '../../../electron/core/base/error-view.ts';
import { type FileErrorCode, fileErrorOf } from '../../../electron/core/base/file-error.ts';
import { OmnitoolError } from '../../../electron/core/omnitool/errors.ts';
import { decideAfterSending } from '../../../electron/core/runs/failure-policy.ts';

const NAME = 'hills.png';
const failed = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'open', path: `/a/${NAME}` });
const codeOf = (errno: string): FileErrorCode => fileErrorOf(failed(errno), NAME).code;

describe('a file of the user that cannot be read', () => {
  it.each([
    ['EMFILE', 'disk-crowded', 'wait', 'open on this computer'],
    ['ENFILE', 'disk-crowded', 'wait', 'open on this computer'],
    ['EBUSY', 'file-busy', 'wait', 'Another program'],
    ['EAGAIN', 'file-busy', 'wait', 'Another program'],
    ['ETIMEDOUT', 'file-unanswered', 'wait', 'does not answer'],
    ['EIO', 'file-broken', 'fail', 'reported a fault'],
    ['EACCES', 'file-refused', 'fail', 'may not read'],
    ['EPERM', 'file-refused', 'fail', 'may not read'],
    ['ENAMETOOLONG', 'file-path', 'fail', 'path is too long'],
    ['ELOOP', 'file-path', 'fail', 'in a circle'],
    ['ERR_INVALID_ARG_VALUE', 'file-path', 'fail', 'cannot|could not be reached'],
    ['ENOENT', 'file-vanished', 'fail', 'no longer where it was'],
    ['ENOTDIR', 'file-vanished', 'fail', 'no longer where it was'],
    ['ENODEV', 'file-vanished', 'fail', 'no longer where it was'],
    ['EISDIR', 'file-unreadable', 'fail', '(cannot|could not) be read'],
    ['EPROTONOSUPPORT', 'file-unreadable', 'fail', '(cannot|could not) be read'],
  ] as const)('with %s is %s: the run is to %s', (errno, code, then, words) => {
    const failure = fileErrorOf(failed(errno), NAME);
    expect(failure.code).toBe(code);
    expect(errorWords(errorView(failure)).title).toMatch(new RegExp(words));
    const trouble = decideAfterSending(failure, null);
    expect(trouble).toMatchObject({ is: then, reason: code });
    // The same failure during an upload has the same meaning.
    const cut = new OmnitoolError({ code, method: 'POST', path: '/fid', sent: 'no', detail: errno });
    expect(decideAfterSending(cut, { name: NAME, size: 5 })).toEqual(trouble);
    if (trouble.is === 'unconfirmed') throw new Error('Nothing was started.');
    const state = then === 'wait' ? 'waiting' : 'failed';
    const run = runStateWords(state, trouble.reason, trouble.detail);
    expect(run.sentence).toMatch(new RegExp(words));
    expect(run.sentence.includes('waits')).toBe(then === 'wait');
    expect(run.next).not.toBeNull();
  });

  it('reports missing rights, a disk fault or a lock by another program for their own errnos only', () => {
    for (const errno of Object.keys(constants.errno)) {
      const code = codeOf(errno);
      expect(code === 'file-refused', errno).toBe(['EACCES', 'EPERM'].includes(errno));
      expect(code === 'file-broken', errno).toBe(errno === 'EIO');
      expect(code === 'disk-crowded', errno).toBe(['EMFILE', 'ENFILE', 'ENOMEM'].includes(errno));
    }
    const unknown = errorWords({ code: 'file-unreadable', detail: NAME });
    expect(`${unknown.title} ${unknown.next}`).not.toMatch(/you may|account/);
  });
});
