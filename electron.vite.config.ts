import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const here = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: here('out/main'),
      // A start reads a few files instead of hundreds. The packages stay in the installers for their licences.
      externalizeDeps: false,
      rolldownOptions: {
        checks: { bundlerTimings: false },
        // A native module.
        external: ['keytar'],
        input: {
          main: here('electron/main.ts'),
          cli: here('electron/cli-start.ts'),
          // Beside the module that starts it (core/user-files/file-thread.ts).
          'chunks/thread': here('electron/core/user-files/thread.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: here('out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        checks: { bundlerTimings: false },
        input: { preload: here('electron/preload.ts') },
        // A sandboxed preload script cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    plugins: [svelte()],
    build: {
      outDir: here('out/renderer'),
      emptyOutDir: true,
      // electron-vite does not minify by itself; the page is read anew each time a window is made.
      minify: true,
      rolldownOptions: {
        input: here('renderer/index.html'),
        checks: { bundlerTimings: false },
        // The contract is data and pure rules: a part of it that only a later view uses loads with that view.
        treeshake: { moduleSideEffects: [{ test: /\/electron\/contract\//, sideEffects: false }] },
      },
    },
  },
});
