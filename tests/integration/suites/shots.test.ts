import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('npm run shots names the scenes when it is given another one, and shoots nothing', () => {
  const script = join(import.meta.dirname, '../../../scripts/shots.ts');
  const said = spawnSync(process.execPath, [script, 'connect', 'history-long'], { encoding: 'utf8' });
  expect(said.stderr).toMatch(/^There is no scene history-long\. The scenes are connect, .*history/);
  expect(said.stdout).toBe('');
  expect(said.status).toBe(1);
});
