/**
 * Whether this desktop probably shows no tray: GNOME has none of its own, and only some distributions add one (Ubuntu
 * and Pop do, and say so in the variable). Where it is so, a start brings up the window, or nothing would be seen.
 */
export function probablyLacksTray(platform: NodeJS.Platform, currentDesktop: string | undefined): boolean {
  const desktops = (currentDesktop ?? '').toLowerCase().split(':');
  return (
    platform === 'linux' && desktops.includes('gnome') && !desktops.some((name) => ['ubuntu', 'pop'].includes(name))
  );
}
