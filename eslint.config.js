import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { ownRules } from './lint.rules.ts';
import svelteConfig from './renderer/svelte.config.js';

/**
 * oxlint (oxlint.config.ts) has the rules for TypeScript. Here is what it cannot check: components, and the restrictions of
 * single folders. Who may import whom is checked by `npm run check:rooms` (rooms.config.ts); these rules guard what is no import.
 */
const only = (selector, message) => ({ selector, message });
const ipcMain = only(
  'Identifier[name="ipcMain"]',
  'shell/ipc.ts alone answers calls of pages: it checks sender and schema.',
);
const bridge = only(
  'MemberExpression:matches([property.name="omnitray"], [property.value="omnitray"])',
  'bridge.ts alone reads the bridge of the preload script.',
);
const restrict = (files, ignores, ...selectors) => ({
  files,
  ignores,
  rules: { 'no-restricted-syntax': ['error', ...selectors] },
});

/** Time in core comes from base/clock.ts, so that tests control it. */
const CLOCK = 'core/base/clock.ts alone reads the time and sets timers.';
const clock = {
  files: ['electron/core/**'],
  ignores: ['electron/core/base/clock.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({ name, message: CLOCK })),
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: CLOCK },
      ...['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((property) => ({
        object: 'globalThis',
        property,
        message: CLOCK,
      })),
    ],
  },
};
const clockImports = { regex: '^(node:)?(timers(/promises)?|perf_hooks)$', message: CLOCK };
const now = only('NewExpression[callee.name="Date"][arguments.length=0]', CLOCK);

/**
 * Code that touches files of the user. Node's own file calls would block one of the four threads that host names and the
 * keychain need as well, for as long as a drive hangs. The ignored files touch the folder of OmniTray only.
 */
const userPaths = {
  files: [
    'electron/core/{model,intake,runs,export,history,app}/**',
    'electron/core/omnitool/upload.ts',
    'electron/{cli,shell}/**',
  ],
  ignores: [
    'electron/core/intake/{pasted-files,input-copies,same-inputs}.ts',
    'electron/core/runs/collect/refetch.ts',
    'electron/core/export/hand-out.ts',
    'electron/core/history/{orphans,removal,storage-use}.ts',
    'electron/shell/{log,login-item,protocol}.ts',
  ],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [{ regex: '^node:fs', message: "The user's files are for userFiles (core/user-files) alone." }] },
    ],
  },
};

/** Components, with every rule of the strictest lists: the native linter does not read their markup. */
const components = {
  files: ['**/*.svelte'],
  extends: [js.configs.recommended, ...ts.configs.strictTypeChecked, ...ts.configs.stylisticTypeChecked],
  languageOptions: {
    parserOptions: { parser: ts.parser, projectService: true, extraFileExtensions: ['.svelte'], svelteConfig },
    globals: globals.browser,
  },
  rules: ownRules,
};

export default defineConfig(
  { ignores: ['node_modules', 'out', 'dist', 'test-results', 'shots'] },
  components,
  ...svelte.configs.recommended,
  {
    files: ['electron/**/*.ts', 'renderer/**/*.ts'],
    plugins: { '@typescript-eslint': ts.plugin },
    languageOptions: { parser: ts.parser },
    // These files carry directives for the rules of the native linter too.
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
  userPaths,
  clock,
  {
    files: ['electron/core/**'],
    ignores: ['electron/core/base/clock.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [clockImports] }] },
  },
  restrict(['electron/**'], ['electron/core/**', 'electron/shell/ipc.ts'], ipcMain),
  restrict(['electron/core/**'], ['electron/core/base/clock.ts'], ipcMain, now),
  restrict(['renderer/src/**'], ['renderer/src/lib/bridge/bridge.ts'], bridge),
);
