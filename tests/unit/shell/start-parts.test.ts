import { expect, test } from 'vitest';
import type { StartPart } from '../../../electron/contract/views.ts';
import { startFailureNote, startFailureWords } from '../../../electron/contract/text/start.ts';
import { AppError } from '../../../electron/core/base/coded-error.ts';
import { silentLogger } from '../../../electron/core/base/logger.ts';
import { StartParts } from '../../../electron/shell/start-parts.ts';

/** One entry for each part, so that a new part without a test does not compile. */
const PARTS: Record<StartPart, true> = {
  log: true,
  settings: true,
  tray: true,
  power: true,
  window: true,
  practice: true,
  shortcut: true,
  runs: true,
  draft: true,
  housekeeping: true,
  notifications: true,
  files: true,
  server: true,
};

test.each(Object.keys(PARTS) as StartPart[])(
  'a failure of %s is logged and shown, and later parts run',
  async (part) => {
    const logged: unknown[] = [];
    const parts = new StartParts({ ...silentLogger, error: (_message, facts) => logged.push(facts) });
    const failure = new AppError('disk-full');
    expect(
      parts.run(part, () => {
        throw failure;
      }),
    ).toBeNull();
    await parts.finish(part, () => Promise.reject(failure));
    expect(parts.run('files', () => 'done')).toBe('done');
    expect(logged).toEqual([
      { part, failure },
      { part, failure },
    ]);
    const [first] = parts.unread();
    expect(first).toEqual({ part, problem: { code: 'disk-full', detail: null } });
    if (first === undefined) return;
    expect(startFailureWords(first).next).toContain('The disk is full.');
    expect(startFailureNote({ part, problem: { code: 'internal', detail: null } })).not.toContain('went wrong');
  },
);

test('failures that were read are not shown again until another part fails', () => {
  const parts = new StartParts(silentLogger);
  const counts: number[] = [];
  parts.onChange((failures) => counts.push(failures.length));
  parts.report('tray');
  parts.read();
  expect(parts.unread()).toEqual([]);
  parts.report('shortcut');
  expect(counts).toEqual([1, 2]);
  expect(parts.all()).toHaveLength(2);
});
