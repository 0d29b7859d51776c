import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../electron/practice/blocks/flow-blocks.ts';
import { findBlock } from '../../../electron/practice/blocks/registry.ts';
import { moreRecipes, RECIPES } from '../../../electron/practice/recipes/catalogue.ts';
import { gives, says, takes } from '../../../electron/practice/blocks/graph.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { RecipeBook } from '../../../electron/practice/recipes/recipe-book.ts';

describe('the recipes', () => {
  it('have unique ids and a description', () => {
    expect(new Set(RECIPES.map(({ id }) => id))).toEqual(new Set(Object.values(RECIPE)));
    for (const { name, description, help, tags } of RECIPES) {
      for (const words of [name, description, help, ...tags]) expect(words).not.toBe('');
    }
  });

  it('hold each connection at both of its ends', () => {
    for (const { nodes } of RECIPES) {
      for (const node of Object.values(nodes)) {
        for (const [output, { connections }] of Object.entries(node.outputs)) {
          for (const { node: to, input } of connections) {
            expect(nodes[String(to)]?.inputs[input]?.connections).toContainEqual({ node: node.id, output, data: {} });
          }
        }
      }
    }
  });

  it('have all their blocks, except the two that are meant to fail', () => {
    const broken = RECIPES.filter(({ nodes }) =>
      Object.values(nodes).some(({ name }) => findBlock(name) === undefined),
    );
    expect(broken.map(({ id }) => id)).toEqual([RECIPE.missingBlock, RECIPE.ghost]);
  });

  it('give each of their own blocks a readable name', () => {
    for (const { nodes } of RECIPES) {
      const ownBlocks = Object.values(nodes).filter(({ name }) => name.startsWith('omni-extension-practice:'));
      for (const { data } of ownBlocks) expect(data['x-omni-title']).toMatch(/^[A-Z][a-z]/);
    }
  });

  it.each([
    [RECIPE.wordCount, ['text', 'documents'], ['text', 'objects'], []],
    [RECIPE.thumbnailSheet, ['images'], ['text', 'images'], []],
    [RECIPE.chatOnly, ['text'], [], ['text', 'images']],
    [RECIPE.bothWays, ['text'], ['text', 'objects'], ['text']],
    [RECIPE.postcard, [], [], ['text', 'images']],
    [RECIPE.outputOff, ['text'], [], []],
  ])('%s says by its blocks what it takes, gives and says', (id, taken, given, said) => {
    const nodes = RECIPES.find((recipe) => recipe.id === id)?.nodes ?? {};
    expect([takes(nodes), gives(nodes), says(nodes)]).toEqual([taken, given, said]);
  });

  it('can be generated in any number, the same each time, with unique ids and names', () => {
    const many = moreRecipes(1_000);
    expect(many).toEqual(moreRecipes(1_000));
    for (const key of ['id', 'name'] as const) expect(new Set(many.map((recipe) => recipe[key])).size).toBe(1_000);
    expect(many.filter((recipe) => recipe.public)).toHaveLength(100);
    for (const { id, public: isPublic } of many) {
      expect(id).toMatch(isPublic ? /^[\da-f]{36}$/ : /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    }
  });
});

describe('the recipe book', () => {
  it('changes, adds and removes recipes, and increases updated even if the clock stands', () => {
    const book = new RecipeBook(RECIPES, () => 0);
    const before = book.find(RECIPE.echo)?.updated ?? 0;
    expect(book.change(RECIPE.echo, { name: 'Parrot' })).toMatchObject({ name: 'Parrot', updated: before + 1 });
    const { id } = book.add(RECIPE.echo, { name: 'Cuckoo' });
    expect(book.find(id)).toMatchObject({ name: 'Cuckoo', nodes: book.find(RECIPE.echo)?.nodes });
    book.remove(RECIPE.echo);
    expect(book.find(RECIPE.echo)).toBeNull();
    expect(book.all).toHaveLength(RECIPES.length);
    expect(() => book.remove(RECIPE.echo)).toThrow(RangeError);
  });
});

describe('the plan of the slow recipe', () => {
  it('is read from the message, within limits', () => {
    expect(readPlan('')).toEqual({ steps: 5, delay: 1_000 });
    expect(readPlan('please steps=3 delay=200')).toEqual({ steps: 3, delay: 200 });
    expect(readPlan('steps=0 delay=999999999')).toEqual({ steps: 1, delay: 3_600_000 });
    expect(readPlan('steps=400')).toEqual({ steps: 10, delay: 1_000 });
  });
});
