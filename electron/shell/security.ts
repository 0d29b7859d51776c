import type { App, Session } from 'electron';

/** The scheme of the page. A window loads nothing else. */
export const UI_SCHEME = 'omnitray';
export const UI_ORIGIN = `${UI_SCHEME}://app`;

/** Whether an address belongs to our own page. `devOrigin`: the origin of the development server; null in the built app. */
export const isOwnPage = (url: string, devOrigin: string | null): boolean =>
  url.startsWith(`${UI_ORIGIN}/`) || (devOrigin !== null && url.startsWith(`${devOrigin}/`));

/** Writing text to the clipboard after a click. */
const COPY = 'clipboard-sanitized-write';

/**
 * Denies every window what its page does not need: navigation, new windows, embedded pages, and permissions other than
 * copying (Electron's security checklist, items 4, 5, 12 to 14). Only the page of the development server, `devOrigin`, may
 * reload itself.
 */
export function hardenApp(app: App, session: Session, devOrigin: string | null): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (devOrigin === null || !isOwnPage(event.url, devOrigin)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === COPY));
  session.setPermissionCheckHandler((_contents, permission) => permission === COPY);
  session.setDevicePermissionHandler(() => false);
}
