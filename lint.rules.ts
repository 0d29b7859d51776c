import type { OxlintConfig } from 'oxlint';

/** What differs from the lists of typescript-eslint, for both linters. */
export const ownRules: NonNullable<OxlintConfig['rules']> = {
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  'no-console': 'error',
};
