import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRecipeIndex, foldText, searchRecipes } from '../../../electron/contract/recipe-search.ts';
import type { RecipeView } from '../../../electron/contract/views.ts';

const recipe = (name: string, more: Partial<RecipeView> = {}): RecipeView => ({
  id: name,
  name,
  description: '',
  author: '',
  tags: [],
  mine: true,
  updatedAt: null,
  picture: null,
  shape: null,
  favourite: false,
  usedAt: null,
  ...more,
});

const found = (recipes: readonly RecipeView[], query: string): readonly string[] =>
  searchRecipes(buildRecipeIndex(recipes), query).map(({ name }) => name);

describe('searchRecipes', () => {
  it('returns names that begin with the query first, then names with such a word, then the others', () => {
    const recipes = [
      recipe('Picture tools', { description: 'Word by word' }),
      recipe('Crossword'),
      recipe('Count by word'),
      recipe('Word count'),
      recipe('Unrelated'),
      recipe('Wording'),
    ];
    expect(found(recipes, 'word')).toEqual(['Word count', 'Wording', 'Count by word', 'Picture tools', 'Crossword']);
  });

  it('matches all words, in any order and any field', () => {
    const recipes = [recipe('Count words'), recipe('Upscale', { author: 'Ada', tags: ['#image', '#count'] })];
    expect(found(recipes, 'words  count')).toEqual(['Count words']);
    expect(found(recipes, 'count ada')).toEqual(['Upscale']);
    expect(found(recipes, 'count nothing')).toEqual([]);
  });

  it('compares the beginning of a name with the words in their order', () => {
    expect(found([recipe('Count of words'), recipe('Words of count')], 'words of')).toEqual([
      'Words of count',
      'Count of words',
    ]);
  });

  it.each([
    ['resume', 'Résumé'],
    ['RÉSUMÉ', 'resume'],
    ['ubersetzen', 'Übersetzen'],
    ['ﬁle', 'File'],
    ['カ', 'ｶ'],
  ])('%s finds %s', (query, name) => {
    expect(found([recipe(name)], query)).toEqual([name]);
  });

  it('returns the unchanged list for an empty query', () => {
    const recipes = [recipe('b'), recipe('a')];
    expect(searchRecipes(buildRecipeIndex(recipes), '  \t')).toEqual(recipes);
  });

  it('finds the same as a scan of all words', () => {
    const word = fc.stringMatching(/^[a-eÄé#.()[\]*]{0,4}$/);
    const any = fc.record({ name: word, description: word, author: word, tags: fc.array(word, { maxLength: 2 }) });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), fc.array(word, { maxLength: 3 }), (facts, query) => {
        const recipes = facts.map((fact, index) => recipe(fact.name, { ...fact, id: String(index) }));
        const words = query.map(foldText).filter((each) => each !== '');
        const expected = recipes.filter(({ name, description, author, tags }) =>
          words.every((each) => [name, description, author, ...tags].some((text) => foldText(text).includes(each))),
        );
        const result = searchRecipes(buildRecipeIndex(recipes), query.join(' '));
        expect(new Set(result)).toEqual(new Set(expected));
        expect(result).toHaveLength(expected.length);
      }),
    );
  });
});
