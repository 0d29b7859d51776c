import { resolve } from 'node:path';
import { installedElectron } from '../../../scripts/lib/electron.ts';
import type { HostName } from './app.ts';

export const PROJECT = resolve(import.meta.dirname, '../../..');

export interface Choice {
  readonly host: HostName;
  readonly why: string;
  /** Electron's own binary, where it is used. */
  readonly binary: string | null;
}

/** Whether this machine can show windows. */
export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/** The e2e host of this machine. `OMNITRAY_E2E_HOST=stand-in` or `electron` decides by hand. */
export function chooseHost(): Choice {
  const wanted = process.env.OMNITRAY_E2E_HOST ?? '';
  if (!['', 'stand-in', 'electron'].includes(wanted))
    throw new Error(`OMNITRAY_E2E_HOST is '${wanted}'; it can be stand-in or electron.`);
  if (wanted === 'stand-in') return { host: 'stand-in', why: 'asked for by OMNITRAY_E2E_HOST', binary: null };
  const binary = installedElectron();
  if (binary !== null && (hasDisplay() || wanted === 'electron')) return { host: 'electron', why: binary, binary };
  const why = binary === null ? "Electron's binary is not installed" : 'there is no display for Electron';
  if (wanted === 'electron') throw new Error(`OMNITRAY_E2E_HOST is electron, but ${why}.`);
  return { host: 'stand-in', why, binary: null };
}
