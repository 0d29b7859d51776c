import type { AboutView } from '../contract/views.ts';
import type { About } from '../core/app/handlers.ts';
import { type Keychain, probeKeychain } from '../core/connection/keychain.ts';

interface AboutOptions {
  readonly version: string;
  readonly folder: string;
  readonly logFile: string;
  readonly keychain: Keychain;
  /** What was repaired or failed at this start, as text. Read each time, because a part of the start may fail late. */
  readonly notes: () => readonly string[];
  readonly unreadable: { readonly view: AboutView['unreadable'] };
}

const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, AboutView['platform']>>> = {
  darwin: 'mac',
  win32: 'windows',
};

/** Facts about the program. The keychain is probed only on demand, because it may ask the user for a password. */
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
