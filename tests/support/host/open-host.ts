import type { BrowserType, Electron } from '@playwright/test';
import type { Host } from './app.ts';
import { openElectron } from './electron-app.ts';
import { openStandIn } from './stand-in-app.ts';
import { chooseHost } from './which-host.ts';

/** Playwright, as far as a host needs it. */
interface Launchers {
  readonly chromium: BrowserType;
  readonly _electron: Electron;
}

/** The host of this machine, for the specs and for scripts that show the app. */
export async function openHost({ chromium, _electron }: Launchers): Promise<Host> {
  const { binary } = chooseHost();
  return binary === null ? openStandIn(chromium) : openElectron(_electron, binary);
}
