/**
 * Windows' description of a notification. Electron's own has no `launch`, so a click on a notification of an earlier
 * start, or in the action centre, would not say which one it was (windows_toast_notification.cc, GetToastXml). Windows
 * passes `launch` back as the `arguments` of `Notification.handleActivation`, in the form that Electron parses
 * (windows_toast_activator.cc, HandleToastActivation). It replaces all options of the notification except its id.
 */
export function toastXml(id: string, title: string, body: string): string {
  const texts = [title, body].map((text) => `<text>${escapeXml(text)}</text>`).join('');
  return (
    `<toast launch="${escapeXml(`type=click&tag=${id}`)}">` +
    `<visual><binding template="ToastGeneric">${texts}</binding></visual></toast>`
  );
}

/** The id in the `launch` of a clicked notification; null when there is none. */
export const idOfActivation = (args: string): string | null => new URLSearchParams(args).get('tag');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Also removes characters that XML 1.0 cannot hold: with one of them Windows shows no notification. */
const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? '');
