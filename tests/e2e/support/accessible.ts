import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../../support/host/launch.ts';

/** Nothing to mend in either theme, by axe's rules for WCAG 2.2 A and AA and its best practices. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // One page a window, and no frames in it: the older way needs no second page of its own.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // The other theme has other colours, and the same elements.
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
    const told = violations.map(
      ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
    );
    expect(told, `${what}, ${colorScheme}`).toEqual([]);
  }
}
