import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anArtifact, openResult } from './support/open-result.ts';
import { ScriptedBridge } from './support/scripted-bridge.ts';

const address = (position: number): string => `omnitray-artifact://result/r1/${position}`;
const small = anArtifact({ position: 0, name: 'small.png', url: address(0), message: 0 });
const full = anArtifact({ position: 1, name: 'full.png', url: address(1), message: 0 });
const script = anArtifact({
  position: 2,
  name: 'run.sh',
  kind: 'file',
  mime: 'text/x-sh',
  url: address(2),
  message: 0,
});
const linked = { '07,small': 0, '82,full': 1, '83,script': 2 };

function answer(text: string): ScriptedBridge {
  const messages = [{ position: 0, text, format: 'markdown' }] as const;
  return openResult({ messages, artifacts: [small, full, script], linked }, {}, new ScriptedBridge());
}

const message = page.getByRole('article', { name: 'Answer in chat' });

it('a linked picture stands in its place, and leads to the file that it links to', async () => {
  const bridge = answer('before [![Harbour](/fid/07,small)](/fid/82,full) after');
  const opens = message.getByRole('button', { name: 'Harbour' });
  await expect.element(opens).toBeInTheDocument();
  expect(opens.element().querySelector('img')?.getAttribute('src')).toBe(address(0));
  expect(opens.element().closest('p')?.textContent.replaceAll(/\s+/g, ' ')).toBe('before after');
  opens.element().focus();
  await userEvent.keyboard('{Enter}');
  expect(bridge.requests('results:open')).toEqual([{ runId: 'r1', position: 1 }]);
});

it('a link to a file that is not opened saves it', async () => {
  const bridge = answer('See [the script](/fid/83,script).');
  await message.getByRole('button', { name: 'the script' }).click();
  expect(bridge.requests('results:save')).toEqual([{ runId: 'r1', position: 2 }]);
  expect(bridge.requests('results:open')).toEqual([]);
});

it('HTML finds its files, and an image that is no picture shows its words', async () => {
  answer('<p><img src="/fid/07,small" alt="Small"></p>\n\n![the script](/fid/83,script)');
  await expect.element(message.getByRole('img', { name: 'Small' })).toBeInTheDocument();
  expect(message.element().querySelectorAll('img')).toHaveLength(1);
  expect(message.element().textContent).toContain('the script');
});

it('other servers, files that did not come, and code stay as they were', async () => {
  answer(
    '![one](http://example.org/fid/07,small) ![two](/fid/99,gone) [three](//h/fid/07,small) `![four](/fid/07,small)`',
  );
  await expect.poll(() => message.element().textContent).toContain('one two three');
  expect(message.element().textContent).toContain('![four](/fid/07,small)');
  expect(message.element().querySelector('img')).toBeNull();
  expect(message.element().querySelector('[data-opens]')).toBeNull();
});
