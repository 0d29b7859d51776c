import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openResult } from './support/open-result.ts';
import { stealsClipboard } from './support/steals-clipboard.ts';

describe('a text', () => {
  it('is formatted where it is markdown, and can be seen as it was written', async () => {
    openResult({ texts: ['## Findings\n\nIt is **large**.'] });
    await expect.element(page.getByRole('heading', { name: 'Findings' })).toBeVisible();
    await page.getByRole('radiogroup', { name: 'Show the text' }).getByText('As written').click();
    await expect.element(page.getByText(/It is \*\*large\*\*\./)).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Findings' })).not.toBeInTheDocument();
  });

  it('is plain where it is not, whatever signs are in it', async () => {
    openResult({ texts: ['2 * 3 * 4\n# a comment'] });
    await expect.element(page.getByText(/2 \* 3 \* 4/)).toBeVisible();
    await expect.element(page.getByRole('radiogroup', { name: 'Show the text' })).not.toBeInTheDocument();
  });

  it('that is long begins folded, formatted or not', async () => {
    openResult({ texts: [`## Lines\n\n${'- **line**\n'.repeat(100)}`] });
    await expect.element(page.getByRole('heading', { name: 'Lines' })).toBeVisible();
    expect(document.querySelectorAll('article li')).toHaveLength(38);
    await page.getByRole('button', { name: 'Show all 103 lines' }).click();
    await expect.poll(() => document.querySelectorAll('article li').length).toBe(100);
    await page.getByRole('button', { name: 'Show less' }).click();
    await expect.poll(() => document.querySelectorAll('article li').length).toBe(38);
  });

  it('from chat has the same switch, and one that is said to be plain has none', async () => {
    openResult({
      messages: [
        { position: 0, text: 'Two cats', format: 'markdown' },
        { position: 1, text: '**Two** dogs', format: 'plain' },
      ],
    });
    await expect.element(page.getByText('**Two** dogs')).toBeVisible();
    expect(page.getByRole('radiogroup', { name: 'Show the message' }).elements()).toHaveLength(1);
    expect(page.getByRole('article', { name: 'Answer in chat' }).elements()).toHaveLength(2);
  });
});

describe('an object', () => {
  const people = { place: 'Harbour', people: [{ name: 'Ada', age: 36 }, { name: 'Bo' }], note: 'x'.repeat(300) };
  const line = (name: string | RegExp) => page.getByRole('treeitem', { name });

  it('is a tree that is walked with the keyboard', async () => {
    openResult({ objects: [JSON.stringify(people)] });
    await expect.element(line('3 entries')).toHaveAttribute('aria-expanded', 'true');
    await expect.element(line('people: 2 items')).toHaveAttribute('aria-level', '2');
    (line('3 entries').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.element(line('people: 2 items')).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(line('0: 2 entries')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(line('name: “Ada”')).toHaveAttribute('aria-level', '4');
    await userEvent.keyboard('{ArrowDown}{ArrowLeft}');
    await expect.element(line('0: 2 entries')).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(line('name: “Ada”')).not.toBeInTheDocument();
    await userEvent.keyboard('{End}');
    await expect.element(line(/^note: /)).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(line(`note: ${'x'.repeat(300)}`)).toBeVisible();
    await userEvent.keyboard('{Home}');
    await expect.element(line('3 entries')).toHaveFocus();
  });

  it('gives the value of one line to the clipboard', async () => {
    const written = stealsClipboard();
    openResult({ objects: [JSON.stringify(people)] });
    await line('place: “Harbour”').click();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Copied')).toBeInTheDocument();
    (line('people: 2 items').element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}c{/Control}');
    await expect.poll(() => written).toEqual(['Harbour', JSON.stringify(people.people, null, 2)]);
  });

  it('of many shows a hundred at a time', async () => {
    openResult({ objects: [JSON.stringify(Array.from({ length: 250 }, (_, index) => index))] });
    await line('Show 100 more of 250').click();
    await expect.element(line('100: 100')).toHaveFocus();
    expect(page.getByRole('treeitem').elements()).toHaveLength(202);
  });

  it('can be seen raw, and is raw where it is not to be read', async () => {
    openResult({ objects: ['{\n  "a": 1\n}', 'not { data'] });
    await expect.element(page.getByText('not { data')).toBeVisible();
    await page.getByText('Raw', { exact: true }).click();
    await expect.element(page.getByText('{ "a": 1 }')).toBeVisible();
    expect(page.getByRole('tree').elements()).toHaveLength(0);
  });
});
