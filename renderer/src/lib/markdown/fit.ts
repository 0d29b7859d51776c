import { middleTruncate } from '../contract.ts';

/** A view has a first heading and its parts have second ones: a text's own begin below them, at whichever it begins. */
const TOPMOST = 3;

/** An address longer than this is cut in its middle; the whole of it is its tip, and what is copied. */
const LONGEST_ADDRESS = 72;

/** The attribute of a copy button that holds what it copies. */
const COPIES = 'data-copies';

/** Makes sanitized nodes part of a page of ours: its outline, its keyboard, no ways out. */
export function fit(fragment: DocumentFragment): void {
  demote(all(fragment, 'h1, h2, h3, h4, h5, h6'));
  for (const image of all(fragment, 'img')) keepLocal(image);
  for (const link of all(fragment, 'a')) showAddress(link);
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

/** An image without a source is one from elsewhere: its words are what is left of it. */
function keepLocal(image: Element): void {
  if (image.hasAttribute('src')) image.setAttribute('loading', 'lazy');
  else image.replaceWith(image.getAttribute('alt') ?? '');
}

/** Nothing in a text leads out of this window: a link is its words, where it would lead, and a way to copy that. */
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

/** What is wider than the page scrolls by itself, with the keyboard as well. */
function wrap(element: Element, label: string, ...beside: readonly HTMLElement[]): void {
  const scroll = make('div', 'wide');
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', label);
  element.replaceWith(make('div', 'block', scroll, ...beside));
  scroll.append(element);
}
