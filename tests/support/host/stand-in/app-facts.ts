import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { refuse } from './link.ts';

export type PathName = Parameters<Electron.App['getPath']>[0];

/** Where an app's things are on Linux, and what the app moved elsewhere. */
export class AppPaths {
  readonly #moved = new Map<string, string>();

  set(name: string, path: string): void {
    if (!isAbsolute(path)) refuse('Path must be absolute');
    this.#moved.set(name, path);
  }

  get(name: PathName, appName: string): string {
    const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
    const userData = this.#moved.get('userData') ?? join(config, appName);
    const places: Partial<Record<PathName, string>> = {
      home: homedir(),
      appData: config,
      userData,
      sessionData: userData,
      logs: join(userData, 'logs'),
      crashDumps: join(userData, 'Crashpad'),
      temp: tmpdir(),
      exe: process.execPath,
      module: process.execPath,
      desktop: join(homedir(), 'Desktop'),
      documents: join(homedir(), 'Documents'),
      downloads: join(homedir(), 'Downloads'),
      music: join(homedir(), 'Music'),
      pictures: join(homedir(), 'Pictures'),
      videos: join(homedir(), 'Videos'),
    };
    return this.#moved.get(name) ?? places[name] ?? refuse(`Failed to get '${name}' path`);
  }
}

/** Chromium's switches as the app set them. Kept and told; the stand-in's Chromium is started before the app. */
export class CommandLine implements Pick<
  Electron.CommandLine,
  'appendSwitch' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch'
> {
  readonly #switches = new Map<string, string>();

  appendSwitch(name: string, value = ''): void {
    this.#switches.set(name, value);
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name);
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? '';
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name);
  }
}
