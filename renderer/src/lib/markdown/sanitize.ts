import DOMPurify from 'dompurify';
import { ARTIFACT_SCHEME } from '../contract.ts';

/** Pictures load from this computer only; a remote one would tell its server that the text was read. */
const PICTURES = `${ARTIFACT_SCHEME}:`;

/** Passive elements only: no forms, frames, media, styles, ids, classes or handlers. */
const TAGS = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'div', 'span', 'blockquote', 'pre', 'code', 'kbd', 'samp'],
  ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'ul', 'ol', 'li', 'dl', 'dt'],
  ...['dd', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'a', 'img'],
];
const ATTRIBUTES = ['href', 'src', 'alt', 'title', 'start', 'align', 'colspan', 'rowspan'];

/** Addresses that are useful to a reader. They are shown, never followed. */
const ADDRESSES = new RegExp(`^(?:https?:|mailto:|${ARTIFACT_SCHEME}:)`, 'iu');

/** Finds the stored file that an address leads to; null for none. Set while a text is sanitized. */
let localAddress: (address: string) => string | null = () => null;

// The hook runs before the fragment enters the page, which would load its images.
DOMPurify.addHook('uponSanitizeAttribute', (_element, attribute) => {
  if (['src', 'href'].includes(attribute.attrName))
    attribute.attrValue = localAddress(attribute.attrValue) ?? attribute.attrValue;
  if (attribute.attrName === 'src' && !attribute.attrValue.startsWith(PICTURES)) attribute.keepAttr = false;
});

/**
 * Returns the safe part of untrusted HTML as nodes, so that the page never parses HTML itself. Needs the Trusted Types
 * policy `dompurify`, which the page's policy allows; without it the result is empty.
 *
 * @param toLocal the address of a file on this computer in place of one of the server; null for none
 */
export function sanitize(html: string, toLocal: typeof localAddress = () => null): DocumentFragment {
  localAddress = toLocal;
  return DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOWED_URI_REGEXP: ADDRESSES,
    // Without this, the values of these attributes would have to match `ADDRESSES`.
    ADD_URI_SAFE_ATTR: ['align', 'start', 'colspan', 'rowspan'],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
  });
}
