import DOMPurify from 'dompurify';
import { marked } from 'marked';

/** What an answer may be made of. No pictures (a picture from elsewhere tells its server that it was seen), no forms, no styles. */
const TAGS = [
  ...['p', 'br', 'hr', 'blockquote', 'pre', 'code', 'em', 'strong', 'del', 's', 'sub', 'sup', 'kbd', 'mark'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'a', 'input'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'details', 'summary', 'dl', 'dt', 'dd'],
];
const ATTRIBUTES = ['href', 'title', 'start', 'align', 'colspan', 'rowspan', 'type', 'checked'];

/** The page has a heading of its own above: those of an answer come below it. */
const HEADINGS_DOWN = 2;

/**
 * Markdown of somebody else as nodes that are safe to show: written as HTML, cleaned after that, and never a string
 * again (PLATFORM S7). Links do not lead anywhere: their address is shown, as nothing here may leave the page.
 */
export function renderMarkdown(text: string, onCopy: (code: string) => void): DocumentFragment {
  const html = marked.parse(text, { async: false, gfm: true, breaks: true });
  const nodes = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  nodes.querySelectorAll('input').forEach(asTask);
  nodes.querySelectorAll('a').forEach(asAddress);
  nodes.querySelectorAll('h1, h2, h3, h4, h5, h6').forEach(moveDown);
  nodes.querySelectorAll('table').forEach(makeScrollable);
  nodes.querySelectorAll('pre').forEach((block) => addCopy(block, onCopy));
  return nodes;
}

function asTask(box: HTMLInputElement): void {
  box.replaceWith(box.type !== 'checkbox' ? '' : box.checked ? '☑' : '☐');
}

function asAddress(link: HTMLAnchorElement): void {
  const address = link.getAttribute('href') ?? '';
  const shown = document.createElement('span');
  shown.className = 'link';
  shown.append(...link.childNodes);
  const isWeb = /^https?:\/\//i.test(address);
  const isSaid = shown.textContent.trim() === address;
  if (isWeb && !isSaid) {
    const place = document.createElement('span');
    place.className = 'address';
    place.textContent = ` (${address})`;
    shown.append(place);
  }
  link.replaceWith(shown);
}

function moveDown(heading: Element): void {
  const level = Math.min(6, Number(heading.tagName.slice(1)) + HEADINGS_DOWN);
  const lower = document.createElement(`h${level}`);
  lower.append(...heading.childNodes);
  heading.replaceWith(lower);
}

/** A wide table scrolls by itself, by the keyboard too. */
function makeScrollable(table: Element): void {
  const frame = document.createElement('div');
  frame.className = 'wide';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', 'Table');
  table.replaceWith(frame);
  frame.append(table);
}

function addCopy(block: HTMLPreElement, onCopy: (code: string) => void): void {
  const code = block.textContent;
  block.tabIndex = 0;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', 'Copy code');
  button.addEventListener('click', () => onCopy(code));
  const frame = document.createElement('div');
  frame.className = 'code';
  block.replaceWith(frame);
  frame.append(block, button);
}
