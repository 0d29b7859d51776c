import { expect, test } from 'vitest';
import { recipeIdIn } from '../../../electron/contract/recipe-id.ts';

const OWN = '6f0f2a51-8c1e-4f0b-9a54-0d5b7c1e0002';
const PUBLIC = 'db24c696a38698a6d1cc392e510926e330c0';

test.each([
  [OWN, OWN],
  [`  ${PUBLIC}\n`, PUBLIC],
  [OWN.toUpperCase(), OWN],
  [`http://127.0.0.1:1688/?recipe=${PUBLIC}`, PUBLIC],
  [`https://omnitool.example/recipes/${OWN}/edit#${OWN}`, OWN],
  ['word count', null],
  [`see ${OWN}`, null],
  [`http://h/${OWN}/${PUBLIC}`, null],
  [`${PUBLIC}00`, null],
  [`file:///${OWN}`, null],
  ['0'.repeat(100_000), null],
])('a recipe is named by %j: %j', (text, id) => expect(recipeIdIn(text)).toBe(id));
