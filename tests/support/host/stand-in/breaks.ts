import type { Breakable } from '../app.ts';

const broken = (process.env.OMNITRAY_HOST_BREAKS ?? '').split(' ');

/** Throws where the spec wants this part of the desktop to fail (`LaunchOptions.breaks`). */
export function mayBreak(part: Breakable): void {
  if (broken.includes(part)) throw new Error(`The spec has broken this part of the desktop: ${part}`);
}
