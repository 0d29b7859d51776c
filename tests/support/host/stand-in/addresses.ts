/**
 * Chromium opens no documents and fetches nothing over a scheme it was not built with. So what the app serves as
 * `scheme://host/path` is a document at `http://host.scheme.localhost/path` (a secure context); the app is always
 * told its own form. Pictures and media by custom schemes need no other form.
 */
const WEB_FORM = /^http:\/\/([^./]+)\.([a-z][a-z0-9+-]*)\.localhost(?=[/?#]|$)/;

const schemes = new Set<string>();

/** From now on documents of this scheme have a web form. */
export function addScheme(scheme: string): void {
  schemes.add(scheme);
}

/** omnitray://app/index.html -> http://app.omnitray.localhost/index.html; anything else as it is. */
export function toWeb(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+-]*):\/\/([^/?#]*)(.*)$/s.exec(url) ?? [];
  return schemes.has(scheme) ? `http://${host}.${scheme}.localhost${rest === '' ? '/' : rest}` : url;
}

/** The app's own form of an address of a page. */
export function fromWeb(url: string): string {
  const [form, host = '', scheme = ''] = WEB_FORM.exec(url) ?? [];
  return form !== undefined && schemes.has(scheme) ? `${scheme}://${host}${url.slice(form.length)}` : url;
}

/** A Content-Security-Policy whose sources of an own scheme allow its web form too. */
export function policyToWeb(policy: string): string {
  let text = policy;
  for (const scheme of schemes) {
    text = text
      .replaceAll(new RegExp(`(?<=[\\s;])${scheme}://([^\\s;/]+)`, 'g'), `http://$1.${scheme}.localhost $&`)
      .replaceAll(new RegExp(`(?<=[\\s;])${scheme}:(?=[\\s;]|$)`, 'g'), `http://*.${scheme}.localhost $&`);
  }
  return text;
}
