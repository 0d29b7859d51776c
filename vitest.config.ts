import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, findChromium } from './scripts/lib/tools.ts';

const here = (path: string): string => resolve(import.meta.dirname, path);

/** core, contract and practice must run without Electron: importing it here throws. */
const withoutElectron = { alias: { electron: here('tests/support/no-electron.ts') } };
const executablePath = findChromium();

/**
 * A condition that comes true is seen at once; a busy machine may take its time until then. What takes long here has
 * hung. (Vitest itself waits for one second.)
 */
const PATIENCE = { testTimeout: 90_000, hookTimeout: 90_000, expect: { poll: { timeout: 30_000 } } };

export default defineConfig({
  test: {
    // Loading the modules anew for each of a hundred files took most of the time. No module keeps anything of a test.
    isolate: false,
    reporters: ['default', here('tests/support/left-out-reporter.ts')],
    projects: [
      {
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], ...PATIENCE },
        resolve: withoutElectron,
      },
      {
        test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...PATIENCE },
        resolve: withoutElectron,
      },
      {
        // Blocks of a real server (OMNITOOL_URL) work for eight seconds, those of the practice server for one.
        test: {
          name: 'conformance',
          include: ['tests/conformance/**/*.test.ts'],
          ...PATIENCE,
          testTimeout: process.env.OMNITOOL_URL === undefined ? 90_000 : 180_000,
        },
        resolve: withoutElectron,
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          // Most of a fault is waiting for what comes after it.
          maxConcurrency: 8,
          ...PATIENCE,
          testTimeout: 180_000,
        },
        resolve: withoutElectron,
      },
      {
        plugins: [svelte({ configFile: here('renderer/svelte.config.js') })],
        // A dependency found late would be bundled late, and reload the page in the middle of a test.
        optimizeDeps: { entries: ['renderer/src/main.ts'], include: ['dompurify', 'marked', 'pdfjs-dist'] },
        test: {
          name: 'component',
          include: ['tests/component/**/*.test.ts'],
          setupFiles: [here('tests/component/support/no-svelte-warnings.ts')],
          ...PATIENCE,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(executablePath === null ? {} : { executablePath }), args: [...chromiumFlags()] },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 960, height: 640 } }],
          },
        },
      },
    ],
  },
});
