import { describe, expect, it } from 'vitest';
import { probablyLacksTray } from '../../../electron/shell/tray-support.ts';

describe('probablyLacksTray', () => {
  it.each([
    ['linux', 'GNOME', true],
    ['linux', 'GNOME-Classic:GNOME', true],
    ['linux', 'ubuntu:GNOME', false],
    ['linux', 'pop:GNOME', false],
    ['linux', 'KDE', false],
    ['linux', undefined, false],
    ['darwin', 'GNOME', false],
  ] as const)('%s with %s: %s', (platform, desktop, lacks) => {
    expect(probablyLacksTray(platform, desktop)).toBe(lacks);
  });
});
