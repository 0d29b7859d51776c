import { Marked } from 'marked';
import type { FileLinks } from './file-links.ts';
import { fit } from './fit.ts';
import { sanitize } from './sanitize.ts';

const marked = new Marked({
  gfm: true,
  // Language models use single line breaks.
  breaks: true,
  async: false,
  // A disabled checkbox is a useless form control; a sign says the same.
  renderer: { checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') },
});

/**
 * Renders untrusted markdown as safe nodes that fit the page, with the files that it links to in their places. The fragment is empty if nothing can be shown. Load this
 * module on demand: the parser is larger than the rest of a view.
 */
export function markdownNodes(text: string, links: FileLinks | null = null): DocumentFragment {
  const html = htmlOf(text);
  if (html === null) return plainNodes(text);
  const fragment = sanitize(html, (address) => links?.fileAt(address)?.url ?? null);
  fit(fragment, links);
  return fragment;
}

/** null if the text is nested deeper than the parser allows. */
function htmlOf(text: string): string | null {
  try {
    return marked.parse(text, { async: false });
  } catch (failure) {
    if (failure instanceof RangeError) return null;
    throw failure;
  }
}

function plainNodes(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  fragment.append(paragraph);
  return fragment;
}
