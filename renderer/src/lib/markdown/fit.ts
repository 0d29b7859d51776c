import { type ArtifactView, middleTruncate } from '../contract.ts';
import { type FileLinks, OPENS } from './file-links.ts';

/** The page uses h1 and h2 itself, so the highest heading of a text becomes an h3. */
const TOPMOST = 3;

/** Letters. A longer address is cut in its middle; its tooltip and the copy button give all of it. */
const LONGEST_ADDRESS = 72;

/** The attribute with the text that a copy button copies. */
const COPIES = 'data-copies';

/** Adapts sanitized nodes to the page: heading levels, keyboard access, and links that cannot be followed. */
export function fit(fragment: DocumentFragment, links: FileLinks | null = null): void {
  demote(all(fragment, 'h1, h2, h3, h4, h5, h6'));
  for (const image of all(fragment, 'img')) keepLocal(image, links);
  for (const link of all(fragment, 'a')) {
    const file = links?.fileBehind(link.getAttribute('href') ?? '') ?? null;
    if (file === null) showAddress(link);
    else openFile(link, file);
  }
  for (const code of all(fragment, 'pre')) wrap(code, 'Code', copyButton('Copy the code', code.textContent));
  for (const table of all(fragment, 'table')) wrap(table, 'Table');
}

const all = (fragment: DocumentFragment, selector: string): readonly Element[] => [
  ...fragment.querySelectorAll(selector),
];

function make(tag: string, className: string, ...children: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

function demote(headings: readonly Element[]): void {
  const levelOf = (heading: Element): number => Number(heading.tagName.slice(1));
  const topmost = Math.min(...headings.map(levelOf));
  for (const heading of headings) rename(heading, `h${Math.min(6, levelOf(heading) - topmost + TOPMOST)}`);
}

function rename(element: Element, tag: string): void {
  const renamed = document.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

/** The sanitizer removes remote sources; the alternative text then replaces the image, and that of what is no picture. */
function keepLocal(image: Element, links: FileLinks | null): void {
  const file = links?.fileBehind(image.getAttribute('src') ?? '') ?? null;
  const isPicture = image.hasAttribute('src') && (file === null || file.kind === 'image');
  if (isPicture) image.setAttribute('loading', 'lazy');
  else image.replaceWith(image.getAttribute('alt') ?? '');
}

/** A link to a file of the result becomes a button with the same content. */
function openFile(link: Element, { name, position }: ArtifactView): void {
  const button = make('button', 'file', ...link.childNodes);
  button.setAttribute('type', 'button');
  button.setAttribute(OPENS, String(position));
  button.title = `Open ${name}`;
  const hasWords = button.textContent.trim() !== '' || button.querySelector('img[alt]:not([alt=""])') !== null;
  if (!hasWords) button.setAttribute('aria-label', `Open ${name}`);
  link.replaceWith(button);
}

/** A text must not lead out of the window: a link becomes its text, its address and a copy button. */
function showAddress(link: Element): void {
  const address = link.getAttribute('href');
  const words = make('span', 'link', ...link.childNodes);
  link.replaceWith(words);
  if (address === null) return;
  const shown = make('span', 'address', middleTruncate(address, LONGEST_ADDRESS));
  shown.title = address;
  const isSaid = words.textContent.trim() === address || `mailto:${words.textContent.trim()}` === address;
  if (isSaid) words.replaceChildren(shown);
  else words.after(' ', shown);
  shown.after(' ', copyButton(`Copy the address ${middleTruncate(address, LONGEST_ADDRESS)}`, address));
}

function copyButton(label: string, text: string): HTMLElement {
  const button = make('button', 'copy', 'Copy');
  button.setAttribute('type', 'button');
  button.setAttribute('aria-label', label);
  button.setAttribute(COPIES, text);
  return button;
}

/** Wide content scrolls in a box that the keyboard can reach. */
function wrap(element: Element, label: string, ...beside: readonly HTMLElement[]): void {
  const scroll = make('div', 'wide');
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', label);
  element.replaceWith(make('div', 'block', scroll, ...beside));
  scroll.append(element);
}
