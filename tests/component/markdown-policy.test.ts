import { expect, it, onTestFinished } from 'vitest';

/** What the shipped page is told of Trusted Types, and the one name more that markdown needs. */
const POLICY = "require-trusted-types-for 'script'; trusted-types svelte-trusted-html dompurify";

/** A page of its own under that policy, because the test runner's own pages do not live under one. */
const PAGE = `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><body><script type="module">
  import { markdownNodes } from '/renderer/src/lib/markdown/markdown.ts';
  document.addEventListener('securitypolicyviolation', ({ sample }) => (document.body.dataset.refused = sample));
  document.body.append(markdownNodes('**bold** <i onclick="1">raw</i>\\n\\n| a |\\n|---|\\n| b |'));
</script>`;

it('reads markdown where no text may be given to the page as HTML', async () => {
  const frame = document.createElement('iframe');
  frame.srcdoc = PAGE;
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  const inside = (): HTMLElement | undefined => frame.contentDocument?.body;
  await expect.poll(() => inside()?.querySelector('strong')?.textContent, { timeout: 10_000 }).toBe('bold');
  expect(inside()?.querySelector('i')?.outerHTML).toBe('<i>raw</i>');
  expect(inside()?.querySelectorAll('table')).toHaveLength(1);
  expect(inside()?.dataset.refused).toBeUndefined();
  // The policy is in force: without one of its own, a text makes nothing of itself here.
  expect(() => {
    const body = inside();
    if (body !== undefined) body.innerHTML = '<b>x</b>';
  }).toThrow(/TrustedHTML/u);
});
