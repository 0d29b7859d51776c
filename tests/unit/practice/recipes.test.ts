import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../electron/practice/blocks/flow-blocks.ts';
import { findBlock } from '../../../electron/practice/blocks/registry.ts';
import { findRecipe, RECIPES } from '../../../electron/practice/recipes/catalogue.ts';
import { gives, takes } from '../../../electron/practice/recipes/graph.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';

describe('the recipes', () => {
  it('are all there, each under an id of its own and with words about itself', () => {
    expect(new Set(RECIPES.map(({ id }) => id))).toEqual(new Set(Object.values(RECIPE)));
    for (const { name, description, help, tags } of RECIPES) {
      for (const words of [name, description, help, ...tags]) expect(words).not.toBe('');
    }
  });

  it('note each connection at both of its ends', () => {
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

  it('have all their blocks, but for the two that are there to fail', () => {
    const broken = RECIPES.filter(({ nodes }) =>
      Object.values(nodes).some(({ name }) => findBlock(name) === undefined),
    );
    expect(broken.map(({ id }) => id)).toEqual([RECIPE.missingBlock, RECIPE.ghost]);
  });

  it('say by their blocks what they take and give', () => {
    const shapeOf = (id: string) => {
      const nodes = findRecipe(id)?.nodes ?? {};
      return [takes(nodes), gives(nodes)];
    };
    expect(shapeOf(RECIPE.wordCount)).toEqual([
      ['text', 'documents'],
      ['text', 'objects'],
    ]);
    expect(shapeOf(RECIPE.thumbnailSheet)).toEqual([['images'], ['text', 'images']]);
    expect(shapeOf(RECIPE.chatOnly)).toEqual([['text'], []]);
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
