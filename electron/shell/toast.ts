/**
 * Windows' own description of a notice. Electron's has no `launch`, so the click on a notice of an earlier start, or on
 * one in the action centre, would not say which notice it was (windows_toast_notification.cc, GetToastXml). What stands
 * here comes back as the `arguments` of `Notification.handleActivation`, in the form that Electron takes apart itself
 * (windows_toast_activator.cc, HandleToastActivation). It replaces all other options of the notice but its id.
 */
export function toastXml(id: string, title: string, body: string): string {
  const texts = [title, body].map((text) => `<text>${escapeXml(text)}</text>`).join('');
  return (
    `<toast launch="${escapeXml(`type=click&tag=${id}`)}">` +
    `<visual><binding template="ToastGeneric">${texts}</binding></visual></toast>`
  );
}

/** The id in what Windows hands back of a toast's `launch`; null where there is none. */
export const idOfActivation = (args: string): string | null => new URLSearchParams(args).get('tag');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Also drops what XML 1.0 cannot hold: one such letter and Windows shows nothing at all. */
const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? '');
