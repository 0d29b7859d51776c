import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './renderer/svelte.config.js';

/** Rooms (ARCHITECTURE.md): who may import what. Arrows point one way. */
const room = (files, patterns, extra = []) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns, paths: extra }],
  },
});
const noElectron = {
  regex: '^electron(/|$|-store|-log)',
  message: 'Electron lives in shell/, main.ts and preload.ts.',
};
const noShell = { regex: '/shell/', message: 'Arrows point shell -> core -> contract, never back.' };
const noCore = { regex: '/core/', message: 'This room does not know core.' };
const noPractice = { regex: '/practice/', message: 'Only main.ts, cli.ts and tests know the practice server.' };
const noGot = { regex: '^(got|tough-cookie)$', message: 'core/omnitool is the only user of got.' };
const noNode = { regex: '^node:', message: 'A page has no Node.' };

/**
 * Where paths of the user are touched. Node's own file calls would block one of the four threads that names of hosts and
 * the keychain need as well, for as long as a drive hangs. The files left out touch the folder of OmniTray only.
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

export default ts.config(
  { ignores: ['node_modules', 'out', 'dist', 'test-results', 'shots'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'renderer/*.js'] },
        extraFileExtensions: ['.svelte'],
      },
      globals: { ...globals.node },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, svelteConfig },
      globals: { ...globals.browser },
    },
  },
  { files: ['**/*.js', '**/*.cjs'], ...ts.configs.disableTypeChecked },
  // CommonJS because they run where nothing else can: in a sandboxed preload, or before an app's own first module.
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  room(['electron/contract/**'], [noElectron, noShell, noCore, noPractice, noGot, noNode]),
  room(['electron/core/**'], [noElectron, noShell, noPractice, noGot]),
  room(['electron/core/omnitool/**'], [noElectron, noShell, noPractice]),
  room(['electron/practice/**'], [noElectron, noShell, noCore, noGot]),
  room(['electron/shell/**'], [noPractice, noGot]),
  userPaths,
  room(['renderer/**'], [noElectron, noShell, noCore, noPractice, noGot, noNode]),
  {
    files: ['electron/cli/**', 'scripts/**', 'tests/bench/**', 'electron/practice/main.ts'],
    rules: { 'no-console': 'off' },
  },
);
