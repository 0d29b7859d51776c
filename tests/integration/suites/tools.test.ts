import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { needs } from '../../support/needs.ts';

needs(process.platform === 'linux' ? null : 'the tools of the tests are looked for on the PATH of Linux');

it('npm test names missing tools and how to install them before it starts', () => {
  const empty = mkdtempSync(join(tmpdir(), 'omnitray-tools-'));
  const script = join(import.meta.dirname, '../../../scripts/ensure-tools.ts');
  // Without apt too, so that nothing can be installed.
  const said = spawnSync(process.execPath, [script], { env: { PATH: empty, HOME: empty }, encoding: 'utf8' });
  rmSync(empty, { recursive: true });
  expect(said.status).toBe(1);
  expect(said.stdout).toBe('');
  const [first, ...rest] = said.stderr.trim().split('\n');
  expect(first).toMatch(/^The tests need what is not here: .*curl, dbus-daemon, gnome-keyring-daemon.*To get it:$/);
  expect(rest.join('\n')).toContain('gnome-keyring');
});
