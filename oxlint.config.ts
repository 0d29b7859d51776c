import js from '@eslint/js';
import { defineConfig } from 'oxlint';
import ts from 'typescript-eslint';
import { ownRules } from './lint.rules.ts';

/**
 * The rules of typescript-eslint's strictest lists, run by a native linter: it needs a tenth of the time. ESLint
 * (eslint.config.js) checks what this one cannot: components, and the restrictions of single folders.
 */
const LISTS = [js.configs.recommended, ...ts.configs.strictTypeChecked, ...ts.configs.stylisticTypeChecked];

/** Rules of these lists that this linter does not have. The parser reports the first two. */
const MISSING = new Set([
  'no-dupe-args',
  'no-octal',
  '@typescript-eslint/no-unsafe-class-instance-assignment',
  '@typescript-eslint/no-unsafe-enum-assignment',
]);

type Rules = Record<string, 'off' | 'error'>;
const listed = Object.entries(Object.assign({}, ...LISTS.map(({ rules }) => rules)) as Rules).filter(
  ([name, level]) => level !== 'off' && !MISSING.has(name),
);
const needsTypes = ts.configs.disableTypeChecked.rules ?? {};

export default defineConfig({
  plugins: ['typescript'],
  categories: { correctness: 'off' },
  options: { typeAware: true },
  ignorePatterns: ['node_modules', 'out', 'dist', 'test-results', 'shots', '**/*.svelte'],
  rules: {
    ...Object.fromEntries(listed),
    ...ownRules,
  },
  overrides: [
    {
      files: ['electron/cli/**', 'scripts/**', 'tests/bench/**', 'electron/practice/main.ts'],
      rules: { 'no-console': 'off' },
    },
    {
      files: ['**/*.js', '**/*.cjs'],
      rules: Object.fromEntries(listed.filter(([name]) => name in needsTypes).map(([name]) => [name, 'off'])),
    },
    // CommonJS because they run where nothing else can: in a sandboxed preload, or before an app's own first module.
    { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  ],
});
