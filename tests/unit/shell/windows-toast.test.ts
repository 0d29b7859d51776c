import { expect, test } from 'vitest';
import { idOfActivation, toastXml } from '../../../electron/shell/windows-toast.ts';

const ID = '3f2b8c1e-0d4a-4c57-9a51-6f0e2d7b9c10';

test('the id comes back out of what Windows hands back, and nothing else does', () => {
  expect(idOfActivation(`type=click&tag=run.${ID}`)).toBe(`run.${ID}`);
  expect(idOfActivation('')).toBeNull();
});

test('the click says which run it was, in the form Windows hands back', () => {
  expect(toastXml(ID, 'Summarise is done', '2 files')).toBe(
    `<toast launch="type=click&amp;tag=${ID}"><visual><binding template="ToastGeneric">` +
      '<text>Summarise is done</text><text>2 files</text></binding></visual></toast>',
  );
});

test('a name of a server’s making cannot end the text it stands in, or the whole notice', () => {
  const hostile = '</text><actions/> & "x" \u0000\u001b\ufffe\ud800 日本 😀';
  expect(toastXml(ID, hostile, '')).toContain(
    '<text>&lt;/text&gt;&lt;actions/&gt; &amp; &quot;x&quot; \ufffd 日本 😀</text><text></text>',
  );
});
