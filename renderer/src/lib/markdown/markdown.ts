import { Marked } from 'marked';
import { fit } from './fit.ts';
import { sanitize } from './sanitize.ts';

const marked = new Marked({
  gfm: true,
  // Models write lines as lines.
  breaks: true,
  async: false,
  // A box nobody can tick is a form control without a use: a sign says the same.
  renderer: { checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') },
});

/**
 * A stranger's markdown as harmless nodes, made to fit a page of ours. A fragment without content where nothing of it
 * can be shown. Loaded when first needed: what reads markdown is larger than the rest of a view.
 */
export function markdownNodes(text: string): DocumentFragment {
  const html = htmlOf(text);
  if (html === null) return plainNodes(text);
  const fragment = sanitize(html);
  fit(fragment);
  return fragment;
}

/** null for what is nested deeper than can be read. */
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
