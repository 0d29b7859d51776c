import type { AboutView } from '../contract/views.ts';
import type { About } from '../core/app/handlers.ts';
import type { Keychain } from '../core/connection/keychain.ts';
import { probeKeychain } from '../core/connection/keychain.ts';

export interface AboutOptions {
  readonly version: string;
  readonly folder: string;
  readonly logFile: string;
  readonly keychain: Keychain;
  /** Asked each time: a part of the start may fail late. */
  readonly notes: () => readonly string[];
  readonly unreadable: { readonly view: AboutView['unreadable'] };
}

const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, AboutView['platform']>>> = {
  darwin: 'mac',
  win32: 'windows',
};

/** What the program says of itself. The keychain is asked only on demand: it may ask the user for a password. */
export function aboutProgram({ version, folder, logFile, keychain, notes, unreadable }: AboutOptions): About {
  let state: AboutView['keychain'] = 'unknown';
  const now = (): AboutView => ({
    version,
    platform: PLATFORMS[process.platform] ?? 'linux',
    keychain: state,
    dataFolder: folder,
    logFile,
    notes: notes(),
    unreadable: unreadable.view,
  });
  return {
    now,
    ask: async () => {
      state = await probeKeychain(keychain);
      return now();
    },
  };
}
