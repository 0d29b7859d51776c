import type { App } from '../../support/host/app.ts';

/** What the tray menu says, from top to bottom, without the lines between. */
export async function menuLabels(app: App): Promise<readonly string[]> {
  const menu = await app.control.trayMenu();
  return menu.filter(({ type }) => type !== 'separator').map(({ label }) => label);
}

/** The name of the icon's picture; null where the host cannot tell (real Electron). */
export async function trayIcon(app: App): Promise<string | null> {
  const [tray] = await app.control.trays();
  return tray?.image ?? null;
}
