import type { App, Session } from 'electron';

/** The page's own origin. Nothing else is ever loaded into a window. */
export const UI_SCHEME = 'omnitray';
export const UI_ORIGIN = `${UI_SCHEME}://app`;

/** Whether an address is that of our own page; `devOrigin` is where it is served from while developing. */
export const isOwnPage = (url: string, devOrigin: string | null): boolean =>
  url.startsWith(`${UI_ORIGIN}/`) || (devOrigin !== null && url.startsWith(`${devOrigin}/`));

/** Writing text to the clipboard after a click; reading it is refused like all else. */
const COPY = 'clipboard-sanitized-write';

/**
 * Everything a page might try beyond showing itself is refused, for every window there will ever be: navigating away,
 * opening windows, embedding pages, asking for permissions other than copying (Electron's security checklist, items 4, 5, 12 to 14).
 */
export function hardenApp(app: App, session: Session): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === COPY));
  session.setPermissionCheckHandler((_contents, permission) => permission === COPY);
  session.setDevicePermissionHandler(() => false);
}
