import { expect, test } from 'vitest';
import { idOfActivation, toastXml } from '../../../electron/shell/windows-toast.ts';

const ID = '3f2b8c1e-0d4a-4c57-9a51-6f0e2d7b9c10';

test('only the arguments that Windows passes back have an id', () => {
  expect(idOfActivation(`type=click&tag=run.${ID}`)).toBe(`run.${ID}`);
  expect(idOfActivation('')).toBeNull();
});

test('the launch argument holds the id of the notification', () => {
  expect(toastXml(ID, 'Summarise is done', '2 files')).toBe(
    `<toast launch="type=click&amp;tag=${ID}"><visual><binding template="ToastGeneric">` +
      '<text>Summarise is done</text><text>2 files</text></binding></visual></toast>',
  );
});

test('no name of a server can break the XML', () => {
  const hostile = '</text><actions/> & "x" \u0000\u001b\ufffe\ud800 日本 😀';
  expect(toastXml(ID, hostile, '')).toContain(
    '<text>&lt;/text&gt;&lt;actions/&gt; &amp; &quot;x&quot; \ufffd 日本 😀</text><text></text>',
  );
});
