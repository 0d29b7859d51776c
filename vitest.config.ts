import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node' },
        // core, contract and practice must run without Electron: importing it here throws.
        resolve: { alias: { electron: here('tests/support/no-electron.ts') } },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 20_000,
        },
        resolve: { alias: { electron: here('tests/support/no-electron.ts') } },
      },
    ],
  },
});
