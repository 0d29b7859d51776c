import DOMPurify from 'dompurify';
import { ARTIFACT_SCHEME } from '../contract.ts';

/** The one place pictures may come from: this machine. Anything else would tell a stranger that the text was read. */
const PICTURES = `${ARTIFACT_SCHEME}:`;

/** What a text is made of, and nothing that acts: no forms, frames, media, styles, ids, classes or handlers. */
const TAGS = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'div', 'span', 'blockquote', 'pre', 'code', 'kbd', 'samp'],
  ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'ul', 'ol', 'li', 'dl', 'dt'],
  ...['dd', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'a', 'img'],
];
const ATTRIBUTES = ['href', 'src', 'alt', 'title', 'start', 'align', 'colspan', 'rowspan'];

/** Addresses a person can make something of. They are shown, never followed. */
const ADDRESSES = new RegExp(`^(?:https?:|mailto:|${ARTIFACT_SCHEME}:)`, 'iu');

// While the fragment is still part of no page: an image would be asked for as soon as it is.
DOMPurify.addHook('uponSanitizeAttribute', (_element, attribute) => {
  if (attribute.attrName === 'src' && !attribute.attrValue.startsWith(PICTURES)) attribute.keepAttr = false;
});

/**
 * The harmless part of a stranger's HTML, as nodes: no text is ever given to the page as HTML. The page's policy must
 * allow the Trusted Types policy `dompurify`, which only the library itself can reach; without it nothing comes back.
 */
export const sanitize = (html: string): DocumentFragment =>
  DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOWED_URI_REGEXP: ADDRESSES,
    // Every other attribute would have to look like an address.
    ADD_URI_SAFE_ATTR: ['align', 'start', 'colspan', 'rowspan'],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
  });
