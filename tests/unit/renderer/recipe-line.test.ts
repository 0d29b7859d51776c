import { expect, it } from 'vitest';
import type { RecipeView } from '../../../electron/contract/views.ts';
import { recipeLine } from '../../../renderer/src/lib/state/recipe-line.ts';

const unknown: RecipeView = {
  ...{ id: 'r', name: 'Recipe', description: '', author: '', tags: [], mine: false, updatedAt: null },
  ...{ picture: null, shape: null, favourite: false, usedAt: null },
};

it('says of a recipe that was not loaded yet what the listing says, and who made it only where it says so', () => {
  expect(recipeLine({ ...unknown, description: 'Counts words.' })).toBe('Counts words.');
  expect(recipeLine({ ...unknown, mine: true })).toBe('Yours');
  expect(recipeLine({ ...unknown, author: 'Ada' })).toBe('By Ada');
  expect(recipeLine(unknown)).toBe('No description');
});
