import { describe, expect, it } from 'vitest';
import type { Placeable } from '../../../electron/contract/kinds.ts';
import { type AttachmentKind, RECIPE_WARNINGS, type RecipeShape } from '../../../electron/contract/views.ts';
import { blockWords } from '../../../electron/contract/text/blocks.ts';
import { ignoredWords, recipeWarningWords, shapeWords, takesWords } from '../../../electron/contract/text/recipes.ts';

const shape: RecipeShape = {
  takes: ['images'],
  gives: ['images'],
  givesInChat: [],
  hasForm: false,
  formTakes: [],
  warnings: [],
};
const inChat: RecipeShape = { ...shape, gives: [], givesInChat: ['text', 'images'], warnings: ['chat-only'] };

describe('takesWords', () => {
  it('says what a recipe takes and gives', () => {
    expect(takesWords(shape)).toBe('Takes images. Gives back images.');
    expect(takesWords(inChat)).toBe('Takes images. Answers in chat with text and images.');
    expect(takesWords({ ...shape, takes: [], gives: [] })).toBe('Takes no input. Gives nothing back.');
  });
});

describe('recipeWarningWords', () => {
  it.each(RECIPE_WARNINGS)('explains %s in whole sentences', (warning) => {
    expect(recipeWarningWords(warning)).toMatch(/^[A-Z][^!]*\.$/);
  });
});

describe('shapeWords', () => {
  it('mentions everything once', () => {
    expect(shapeWords(shape)).toBe('Takes images. Gives back images.');
    expect(shapeWords(inChat)).toBe('Takes images. Answers in chat with text and images.');
    const words = shapeWords({ ...shape, gives: [], warnings: ['no-output', 'output-off'] });
    expect(words).toBe('Takes images. Gives nothing back. Its output block is switched off.');
  });
});

const things = (...kinds: readonly AttachmentKind[]): readonly Placeable[] =>
  kinds.map((kind) => ({ kind, mime: kind === 'image' ? 'image/png' : null, sendAs: null }));

describe('ignoredWords', () => {
  it('names unused attachments by their number', () => {
    expect(ignoredWords(shape, things('image', 'document'))).toBe('Takes images; a document would be ignored.');
    expect(ignoredWords(shape, things('audio'))).toBe('Takes images; an audio file would be ignored.');
    expect(ignoredWords({ ...shape, takes: ['text', 'images'] }, things('document', 'json', 'document'))).toBe(
      'Takes text and images; 2 documents and a data file would be ignored.',
    );
    expect(ignoredWords({ ...shape, takes: [] }, things('link'))).toBe('Takes no input; a link would be ignored.');
  });

  it('is empty when all are used or the recipe is unknown', () => {
    expect(ignoredWords(shape, things('image', 'image'))).toBeNull();
    expect(ignoredWords({ ...shape, takes: ['documents'] }, things('json'))).toBeNull();
    expect(ignoredWords(shape, things())).toBeNull();
    expect(ignoredWords(null, things('document'))).toBeNull();
  });
});

describe('blockWords', () => {
  it.each([
    ['omnitool.chat_input', 'Chat input'],
    ['omnitool.recipe_output', 'Recipe output'],
    ['omni-core-llm:llm.query', 'LLM query'],
    ['omni-core-llm:llm.llm_query', 'LLM query'],
    ['omni-core-formio:formio.auto_ui', 'Formio auto UI'],
    ['openai.advancedChatGPT', 'OpenAI advanced chat GPT'],
    ['elevenlabs.text-to-speech', 'ElevenLabs text to speech'],
    ['omni-extension-practice:practice.word_count', 'Practice word count'],
    ['omnitool', 'Omnitool'],
    ['', 'Block'],
    ['...:.', 'Block'],
    ['Überblick', 'Überblick'],
  ])('%j is %s', (key, words) => {
    expect(blockWords(key)).toBe(words);
  });

  it('is one short line for any key of the server', () => {
    const words = blockWords(`x:${'long.'.repeat(200)}\u001b[31m\n\u202e`);
    expect(words.length).toBeLessThanOrEqual(60);
    expect(words).toMatch(/^[\p{L}\p{N} ]+$/u);
  });
});
