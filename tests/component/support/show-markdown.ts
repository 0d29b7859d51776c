import '../../../renderer/src/styles/tokens.css';
import '../../../renderer/src/styles/base.css';
import { mount, unmount } from 'svelte';
import { onTestFinished } from 'vitest';
import Markdown from '../../../renderer/src/lib/components/Markdown.svelte';

/** Shows a markdown text alone on the page, for one test. Returns what it is shown in. */
export function showMarkdown(text: string): HTMLElement {
  const target = document.createElement('main');
  document.body.append(target);
  const shown = mount(Markdown, { target, props: { text } });
  onTestFinished(async () => {
    await unmount(shown);
    target.remove();
  });
  return target;
}
