import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

/** One suite on two hosts (tests/support/host): real Electron where it is installed, else the stand-in. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/support/host/global-setup.ts',
  fullyParallel: true,
  // A spec waits for a third of its time: one worker more than there are cores keeps them busy.
  workers: availableParallelism() + 1,
  // A flaky spec is a bug to find, not to try again.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  // What comes true is seen at once; a busy machine may take its time until then.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Tracing costs a third of a run; ask for one with `--trace on`.
  use: { trace: 'off', screenshot: 'off' },
});
