import { describe, expect, it } from 'vitest';
import type { RecipeNode } from '../../../electron/core/omnitool/schemas.ts';
import { shapeOf } from '../../../electron/core/recipes/shape.ts';

const to = (node: string) => ({ connections: [{ node }] });
const nowhere = { connections: [] };
const node = (name: string, facts: Partial<RecipeNode>): RecipeNode => ({
  id: name,
  name,
  data: {},
  inputs: {},
  outputs: {},
  ...facts,
});

describe('shapeOf', () => {
  it('reads what is connected, not what is there', () => {
    const shape = shapeOf([
      node('omnitool.chat_input', { outputs: { text: nowhere, images: to('2') } }),
      node('omnitool.recipe_output', { inputs: { text: to('1'), videos: nowhere } }),
    ]);
    expect(shape).toEqual({ takes: ['images'], gives: ['text'], answersInChat: false });
  });

  it('counts an output that is filled in by hand', () => {
    const shape = shapeOf([node('omnitool.recipe_output', { data: { text: 'Always this', images: '' } })]);
    expect(shape.gives).toEqual(['text']);
  });

  it('leaves out blocks that are switched off', () => {
    const off = { xOmniEnabled: false };
    const shape = shapeOf([
      node('omnitool.chat_input', { outputs: { text: to('2') } }),
      node('omnitool.recipe_output', { inputs: { text: to('1') }, data: off }),
      node('omnitool.chat_output', {}),
    ]);
    expect(shape).toEqual({ takes: ['text'], gives: [], answersInChat: true });
  });
});
