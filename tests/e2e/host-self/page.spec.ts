import { pathToFileURL } from 'node:url';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, heard, invoke, test } from './fixture-app.ts';

test('a call from the page returns every kind of data intact', async ({ page }) => {
  const same = await page.evaluate(async () => {
    const sent = {
      nothing: undefined,
      time: new Date(5),
      bytes: new Uint8Array([1, 2, 255]),
      map: new Map([['a', new Set([1n])]]),
      odd: [Number.NaN, -0, Infinity],
    };
    const back = (await window.fixture.invoke('echo', sent)) as typeof sent;
    return [
      'nothing' in back && typeof back.nothing === 'undefined',
      back.time instanceof Date && back.time.getTime() === 5,
      back.bytes instanceof Uint8Array && back.bytes.join() === '1,2,255',
      back.map instanceof Map && back.map.get('a')?.has(1n) === true,
      Number.isNaN(back.odd[0]) && Object.is(back.odd[1], -0) && back.odd[2] === Infinity,
    ];
  });
  expect(same).toEqual([true, true, true, true, true]);
});

test('the page gets only the message of an error in a handler', async ({ page }) => {
  const problem = await page.evaluate(() =>
    window.fixture.invoke('fail').catch((reason: unknown) => {
      const error = reason as Error;
      return { message: error.message, plain: error.constructor === Error };
    }),
  );
  expect(problem).toEqual({ message: "Error invoking remote method 'fail': RangeError: no such thing", plain: true });
  await expect(invoke(page, 'absent')).rejects.toThrow("No handler registered for 'absent'");
  await expect(invoke(page, 'uncloneable')).rejects.toThrow('An object could not be cloned');
});

test('a value that cannot be cloned does not leave the page', async ({ page }) => {
  const refused = await page.evaluate(async () => {
    const attempts = [new Proxy({ a: 1 }, {}), document.body, () => 1];
    return Promise.all(
      attempts.map((it) =>
        Promise.resolve()
          .then(() => window.fixture.invoke('echo', it))
          .then(
            () => false,
            () => true,
          ),
      ),
    );
  });
  expect(refused).toEqual([true, true, true]);
});

test('the main process sends events to the page', async ({ page, app }) => {
  await invoke(page, 'tell', 'a secret word', { n: 1 });
  await expect.poll(() => page.evaluate(() => window.told)).toEqual(['a secret word', { n: 1 }]);
  const traffic = await app.control.ipcTraffic();
  expect(traffic.filter(({ text }) => text.includes('a secret word')).map(({ direction }) => direction)).toEqual([
    'to-main',
    'to-page',
  ]);
  await page.evaluate(() => window.fixture.send('said', 1));
  await expect.poll(() => heard(page, 'said')).toEqual([[1]]);
});

test('the app sees the sender under the scheme of the app', async ({ page }) => {
  const url = 'fixture://app/index.html';
  expect(await invoke(page, 'sender')).toEqual({ url, contents: url, same: true });
  expect(await heard(page, 'request')).toContainEqual(['fixture://app/page.js']);
});

test('the policy in the headers allows modules and blocks inline scripts', async ({ page }) => {
  await expect.poll(() => page.evaluate(() => window.moduleRan)).toBe(true);
  expect(await page.evaluate(() => window.inlineRan)).toBeUndefined();
});

test('pictures and media load through their schemes, media in ranges', async ({ page }) => {
  await expect.poll(() => page.locator('#picture').evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(1);
  await expect.poll(() => heard(page, 'range')).toContainEqual(['bytes=0-']);
});

test('the page cannot navigate away, open windows or get refused permissions', async ({ page, app }) => {
  await page.locator('#own').click();
  await page.locator('#away').click();
  await expect
    .poll(() => heard(page, 'will-navigate'))
    .toEqual([['fixture://app/other.html'], ['https://example.com/away']]);
  expect(await page.evaluate(() => window.open('https://example.com/opened'))).toBeNull();
  await page.locator('#blank').click();
  await expect
    .poll(() => heard(page, 'window-open'))
    .toEqual([['https://example.com/opened'], ['https://example.com/blank']]);
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect(page.url()).toMatch(/index\.html$/);
  expect(await app.control.askPermission('notifications')).toBe(false);
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
});

test('dropped files carry their paths', async ({ page, app }) => {
  const paths = ['one.txt', 'zwei ü.txt'].map((name) => join(app.home, name));
  for (const path of paths) writeFileSync(path, `in ${path}`);
  await app.dragOver(page, '#drop', { files: paths });
  await expect(page.locator('#dragging')).toHaveText('file file');
  await app.dragLeave(page);
  await expect(page.locator('#dragging')).toHaveText('');
  await app.dropFiles(page, '#drop', paths);
  const size = (path: string): number => Buffer.byteLength(`in ${path}`);
  await expect(page.locator('#dropped li')).toHaveText([
    `one.txt ${String(size(paths[0] ?? ''))} ${String(paths[0])}`,
    `zwei ü.txt ${String(size(paths[1] ?? ''))} ${String(paths[1])}`,
  ]);
  await app.drop(page, '#drop', { text: 'just words' });
  await expect(page.locator('#dropped li').last()).toHaveText('just words');
});

test('the app and Ctrl+V share one clipboard', async ({ page, app }) => {
  await app.control.writeClipboard('copied words');
  expect(await invoke(page, 'clipboard')).toBe('copied words');
  await page.locator('#field').press('Control+V');
  await expect(page.locator('#pasted')).toHaveText('copied words');
});

test('themes apply and file URLs load', async ({ page, app }) => {
  const isDark = (): Promise<boolean> => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(await isDark()).toBe(false);
  await app.control.setSystemDark(true);
  await expect.poll(isDark).toBe(true);
  await invoke(page, 'theme', 'light');
  await expect.poll(isDark).toBe(false);
  const path = join(app.home, 'file.txt');
  writeFileSync(path, 'words in a file');
  expect(await invoke(page, 'fetchFile', pathToFileURL(path).href)).toBe('words in a file');
});
