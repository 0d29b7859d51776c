import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeHome, removeHome } from '../../support/host/home.ts';
import { chooseHost, PROJECT } from '../../support/host/which-host.ts';
import { until } from '../../support/host/until.ts';
import { expect, FIXTURE_APP, heard, invoke, test } from './fixture-app.ts';

test.skip(chooseHost().host !== 'stand-in', 'These are about the stand-in itself.');

/** What the stand-in lacks, by the call that runs into it. */
const GAPS = [
  ['unknownMember', 'The stand-in does not know app.getGPUFeatureStatus'],
  ['unknownModule', 'The stand-in does not know safeStorage.isEncryptionAvailable'],
  ['unknownEvent', "The stand-in does not know the event 'no-such-event'"],
] as const;

for (const [channel, message] of GAPS) {
  test(`an unknown call to the stand-in throws and fails the run: ${channel}`, async ({ page, app }) => {
    await expect(invoke(page, channel)).rejects.toThrow(message);
    expect(app.takeProblems().join()).toContain(message);
  });
}

test('the stand-in refuses what Electron refuses', async ({ page }) => {
  await expect(invoke(page, 'tooLate')).rejects.toThrow('before app is ready');
  await expect(invoke(page, 'afterTheEnd')).rejects.toThrow('Object has been destroyed');
});

test('an unexpected dialog is recorded as a problem', async ({ page, app }) => {
  expect(await invoke(page, 'pick')).toEqual([]);
  expect(app.takeProblems().join()).toContain('no answer ready');
});

test('a window opened by a link is closed before it loads anything', async ({ page }) => {
  const opening = page.context().waitForEvent('page');
  await page.locator('#blank').click();
  const foreign = await opening;
  if (!foreign.isClosed()) await foreign.waitForEvent('close');
  expect(await heard(page, 'window-open')).toEqual([['https://example.com/blank']]);
});

/** Processes of Chromium's that descend from the given one. */
function browsersUnder(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  const browsers: number[] = [];
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(join('/proc', name, 'stat'), 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      if (stat.includes('chrom')) browsers.push(Number(name));
    } catch (problem) {
      // It ended while it was looked at.
      if (!(problem instanceof Error)) throw problem;
    }
  }
  const isUnder = (each: number | undefined): boolean =>
    each === pid || (each !== undefined && each > 1 && isUnder(parents.get(each)));
  return browsers.filter(isUnder);
}

const isThere = (pid: number): boolean => readdirSync('/proc').includes(String(pid));

test('kill -9 of the test process leaves no browser and no app behind', async () => {
  test.skip(process.platform !== 'linux', 'Reads /proc.');
  const script = join(import.meta.dirname, 'start-and-wait.ts');
  const home = makeHome();
  const starter = spawn(join(PROJECT, 'node_modules/.bin/node'), [script, FIXTURE_APP, home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: starter.stdout }), 'line')) as [string];
  const { pid = 0 } = starter;
  const left = [...browsersUnder(pid), Number(line)];
  expect(left.length).toBeGreaterThan(2);
  starter.kill('SIGKILL');
  await until(
    () => (left.some(isThere) ? null : true),
    5_000,
    () => `Still there: ${left.filter(isThere).join()}`,
  );
  removeHome(home);
});
