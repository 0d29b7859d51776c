/**
 * Whether this desktop probably has no tray: GNOME has none, and only some distributions add one (Ubuntu and Pop do, and
 * name themselves in `XDG_CURRENT_DESKTOP`). Without a tray each start shows the window.
 */
export function probablyLacksTray(platform: NodeJS.Platform, currentDesktop: string | undefined): boolean {
  const desktops = (currentDesktop ?? '').toLowerCase().split(':');
  return (
    platform === 'linux' && desktops.includes('gnome') && !desktops.some((name) => ['ubuntu', 'pop'].includes(name))
  );
}
