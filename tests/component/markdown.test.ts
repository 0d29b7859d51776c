import { describe, expect, it, onTestFinished } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { showMarkdown } from './support/show-markdown.ts';
import { stealsClipboard } from './support/steals-clipboard.ts';

/** The last words of every hostile text: once they stand in a paragraph of their own, all before them was read. */
const END = '\n\nThe end.';

async function showHostile(text: string): Promise<HTMLElement> {
  const target = showMarkdown(text + END);
  await expect.poll(() => target.querySelector('.markdown p:last-child')?.textContent).toBe('The end.');
  return target;
}

describe('markdown', () => {
  it('begins its headings below those of the view', async () => {
    const target = showMarkdown('# One\n\n## Two\n\n### Three\n\n###### Six\n\n<h1>Raw</h1>');
    await expect.element(page.getByRole('heading', { name: 'One', level: 3 })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Two', level: 4 })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Three', level: 5 })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Six', level: 6 })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Raw', level: 3 })).toBeVisible();
    expect(target.querySelector('h1, h2')).toBeNull();
  });

  it('begins at the same level, whichever its own topmost heading is', async () => {
    showMarkdown('## Two\n\n### Three');
    await expect.element(page.getByRole('heading', { name: 'Two', level: 3 })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Three', level: 4 })).toBeVisible();
  });

  it('has lists, tasks, quotes and code in a line', async () => {
    const target = showMarkdown('- [x] done\n- [ ] open\n\n1. first\n\n> said `so`');
    await expect.element(page.getByText('☑ done')).toBeVisible();
    await expect.element(page.getByText('☐ open')).toBeVisible();
    expect(target.querySelector('blockquote code')?.textContent).toBe('so');
    expect(target.querySelectorAll('ul > li, ol > li')).toHaveLength(3);
    expect(target.querySelector('input')).toBeNull();
  });

  it('lets wide tables scroll with the keyboard, inside themselves', async () => {
    const cells = Array.from({ length: 40 }, (_, index) => `column ${index}`).join(' | ');
    const target = showMarkdown(`| ${cells} |\n|${'---|'.repeat(40)}\n| ${cells} |`);
    const table = page.getByRole('region', { name: 'Table' });
    await expect.element(table).toBeVisible();
    await userEvent.tab();
    await expect.element(table).toHaveFocus();
    expect(table.element().scrollWidth).toBeGreaterThan(table.element().clientWidth);
    expect(target.scrollWidth).toBe(target.clientWidth);
  });

  it('copies a block of code as it was written', async () => {
    const written = stealsClipboard();
    showMarkdown('```html\n<b>\n  two\n```');
    await page.getByRole('button', { name: 'Copy the code' }).click();
    await expect.element(page.getByRole('status')).toHaveTextContent('Copied');
    expect(written).toEqual(['<b>\n  two\n']);
  });
});

describe('links', () => {
  it('lead nowhere, and say where they would', async () => {
    const written = stealsClipboard();
    const target = showMarkdown('See [the manual](https://example.org/manual "tip") and <https://example.org/bare>.');
    await expect.element(page.getByText('https://example.org/manual', { exact: true })).toBeVisible();
    expect(target.querySelector('a, [href]')).toBeNull();
    expect(target.textContent.match(/example\.org\/bare/gu)).toHaveLength(1);
    await page.getByRole('button', { name: 'Copy the address https://example.org/manual' }).click();
    expect(written).toEqual(['https://example.org/manual']);
  });

  it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,<script>1</script>', 'file:///etc/passwd'])(
    'of %s are words only',
    async (address) => {
      const target = await showHostile(`<a href="${address}">words</a> and [more](${address})`);
      expect(target.querySelector('a, [href], button')).toBeNull();
      expect(target.textContent).toContain('words');
    },
  );
});

describe('pictures', () => {
  it('are shown from this machine only', async () => {
    const asked: string[] = [];
    const observer = new PerformanceObserver((list) => asked.push(...list.getEntries().map(({ name }) => name)));
    observer.observe({ type: 'resource' });
    onTestFinished(() => observer.disconnect());
    const target = await showHostile(
      '![here](omnitray-artifact://run/1) ![away](/steals-in-markdown.png) <img src="/steals-in-html.png" alt="raw">' +
        '<img srcset="/steals-in-set.png 1x"><img src="data:image/png;base64,AAAA" alt="inline">',
    );
    const images = [...target.querySelectorAll('img')].map((image) => image.getAttribute('src'));
    expect(images).toEqual(['omnitray-artifact://run/1']);
    expect(target.textContent).toContain('away raw');
    expect(asked.filter((address) => address.includes('steals'))).toEqual([]);
  });
});

describe('a hostile text', () => {
  it.each([
    ['script', '<script>globalThis.attacked = true</script>'],
    ['handler', '<img src=x onerror="globalThis.attacked = true"><p onclick="globalThis.attacked = true">x</p>'],
    ['svg', '<svg onload="globalThis.attacked = true"><a xlink:href="javascript:1"><text>x</text></a></svg>'],
    [
      'math',
      '<math><mtext><table><mglyph><style><img src=x onerror="globalThis.attacked = true"></style></mglyph></table></mtext></math>',
    ],
    ['iframe', '<iframe srcdoc="<script>parent.attacked = true</script>"></iframe>'],
    ['object', '<object data="data:text/html,x"></object><embed src="data:text/html,x">'],
    ['style', '<style>body { display: none }</style><p style="position:fixed;inset:0">x</p>'],
    [
      'form',
      '<form action="https://example.org"><input name="token"><button formaction="javascript:1">x</button></form>',
    ],
    ['meta', '<meta http-equiv="refresh" content="0;url=https://example.org">'],
    ['base', '<base href="https://example.org"><link rel="stylesheet" href="https://example.org/x.css">'],
    ['names', '<p id="app" name="omnitray" class="unseen" data-copies="x" aria-hidden="true">x</p>'],
    ['media', '<video src="https://example.org/x" autoplay></video><audio src="https://example.org/x"></audio>'],
  ])('does nothing by %s', async (_name, html) => {
    const target = await showHostile(`before\n\n${html}`);
    const allowed = ['title', 'align', 'start', 'class'];
    const attributes = [...target.querySelectorAll('.markdown *')].flatMap((element) => element.getAttributeNames());
    expect(attributes.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(
      target.querySelector(
        'script, img, svg, math, iframe, object, embed, style, form, input, meta, base, link, video',
      ),
    ).toBeNull();
    expect(target.querySelector('.unseen:not([role=status])')).toBeNull();
    expect(Reflect.has(globalThis, 'attacked')).toBe(false);
    expect(target.textContent).toContain('before');
  });

  it('is shown as it was written where nothing of it can be shown', async () => {
    const target = showMarkdown('<script>alert(1)</script>');
    await expect.poll(() => target.querySelector('.markdown')?.textContent).toBe('<script>alert(1)</script>');
    expect(target.querySelector('script')).toBeNull();
  });

  it.each(['>', '[', '*', '`', '<', '![](', '- ', '|', '**a ', '<b>'])('of many %s is shown soon', async (piece) => {
    // Whichever way: what marked would take minutes for is shown as it was written.
    const target = showMarkdown(piece.repeat(50_000 / piece.length));
    await expect.poll(() => target.querySelector('.markdown, .plain')?.textContent).toBeTruthy();
  });

  it('of a million letters is plain, and says why', async () => {
    const text = '# word\n'.repeat(150_000);
    const target = showMarkdown(text);
    await expect.element(page.getByText('This is very long, so it is shown without formatting.')).toBeVisible();
    expect(text.startsWith(target.querySelector('.plain')?.textContent ?? '-')).toBe(true);
    expect(target.querySelector('h3')).toBeNull();
    await page.getByRole('button', { name: 'Show all 1,050,000 characters' }).click();
    await expect.poll(() => target.querySelector('.plain')?.textContent.length).toBe(text.length);
  });
});
