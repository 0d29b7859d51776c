/** What the recipes of a real server take and give, from recorded exchanges. */
import { describe, expect, it } from 'vitest';
import { recipeReply } from '../../../electron/core/omnitool/recipe-schema.ts';
import { readRecipe } from '../../../electron/core/model/read-recipe.ts';
import { exchanges, RECORDINGS_LACK } from '../practice/recorded.ts';
import { needs } from '../../support/needs.ts';

/** Takes, gives, writes to the chat, warnings. */
const SHAPES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'wiretest echo_all': [
    ['text', 'images', 'audio', 'video', 'documents', 'json'],
    ['text', 'images', 'audio', 'documents', 'videos', 'objects'],
    [],
    [],
  ],
  'wiretest no_output': [['text', 'images'], [], ['text', 'images'], ['chat-only']],
  'wiretest two_outputs': [['text'], ['text'], [], ['several-outputs']],
  'wiretest no_input': [[], ['text'], [], []],
  'wiretest empty': [[], [], [], ['no-output']],
  'wiretest echo_text': [['text'], ['text'], [], []],
  'Nutrition Table': [['images'], [], ['text'], ['chat-only']],
  'Photograph Generator': [[], [], ['images'], ['chat-only']],
};

describe('recipes of a real server', () => {
  needs(RECORDINGS_LACK);
  it('take and give what their blocks say', () => {
    const loaded = exchanges('load-recipe').flatMap(({ response }) => {
      const parsed = response.status === 200 ? recipeReply.safeParse(JSON.parse(response.body ?? '')) : null;
      return parsed?.success === true ? [readRecipe(parsed.data)] : [];
    });
    const shapes = loaded.map(({ facts: { shape, words } }) => [
      words.name,
      [shape.takes, shape.gives, shape.givesInChat, shape.warnings],
    ]);
    expect(Object.fromEntries(shapes)).toEqual(SHAPES);
    expect(loaded.flatMap(({ detail }) => Object.values(detail.titles))).toContain('OpenAI simple chat GPT vision');
  });
});
