/**
 * The recipes that the statements need. The practice server has them. On another server they are found by one of their
 * names, and a statement without its recipe is left out by name. `shape` says how to build them.
 */
import { RECIPE } from '../../electron/practice/recipes/ids.ts';

interface NeededRecipe {
  /** Id on the practice server. */
  readonly id: string;
  /** Names on other servers; the first match counts. */
  readonly names: readonly string[];
  readonly shape: string;
}

export const NEEDED = {
  echo: {
    id: RECIPE.echo,
    names: ['wiretest echo_all', 'Echo'],
    shape: 'chat input, all six outputs to a recipe output (video to videos, json to objects)',
  },
  pictures: {
    id: RECIPE.grey,
    names: ['wiretest echo_images', 'Image to grey'],
    shape: 'chat input to a recipe output, pictures connected and neither objects nor documents',
  },
  chat: {
    id: RECIPE.chatOnly,
    names: ['wiretest no_output', 'Chat-only answer'],
    shape: 'chat input to a chat output in text/markdown, text and images connected; no recipe output',
  },
  chatFiles: {
    id: RECIPE.chatFiles,
    names: ['wiretest chat_files', 'Files in chat'],
    shape: 'text in; images, audio, documents and object of a chat output connected and fed',
  },
  chatMessages: {
    id: RECIPE.chatMessages,
    names: ['wiretest chat_messages', 'Chat in several messages'],
    shape: 'text in; a chat output in text/plain, then one in text/markdown',
  },
  chatWordless: {
    id: RECIPE.chatWordless,
    names: ['wiretest chat_images_only', 'Chat without words'],
    shape: 'a chat output with images connected and no text',
  },
  bothWays: {
    id: RECIPE.bothWays,
    names: ['wiretest chat_and_output', 'Answer both ways'],
    shape: 'text in; a recipe output and a chat output, both with text',
  },
  chatRace: {
    id: RECIPE.chatRace,
    names: ['wiretest chat_race', 'Chat in the order of the end'],
    shape: 'text in; three chat outputs side by side, the one with the lowest block id behind the longest delay',
  },
  illustrated: {
    id: RECIPE.illustrated,
    names: ['wiretest chat_links', 'Illustrated page'],
    shape:
      'text in; a chat output whose markdown links to two pictures, and one that attaches a document with the same links',
  },
  fileOutput: {
    id: RECIPE.webPage,
    names: ['wiretest file_output', 'Web page'],
    shape: 'text in; a file output named "page" in text/html; no recipe output and no chat output',
  },
  failsBefore: {
    id: RECIPE.failsHalfway,
    names: ['wiretest fail_before_output', 'Fails half-way'],
    shape: 'chat input, a block that throws, recipe output behind it',
  },
  failsAfter: {
    id: RECIPE.failsAfterOutput,
    names: ['wiretest fail_after_output', 'Fails after output'],
    shape: 'chat input, text to a recipe output at once, and to a block that throws a little later',
  },
  speaksThenFails: {
    id: RECIPE.speaksThenFails,
    names: ['wiretest chat_then_fail', 'Speaks, then fails'],
    shape: 'chat input, text to a chat output at once, and to a block that throws a little later',
  },
  softFail: {
    id: RECIPE.returnsError,
    names: ['wiretest softfail', 'Returns an error'],
    shape: 'chat input, a block that returns an error, recipe output behind it',
  },
  missingBlock: {
    id: RECIPE.missingBlock,
    names: ['wiretest missing_block', 'Missing block'],
    shape: 'chat input, one block that is not installed, recipe output',
  },
  slow: {
    id: RECIPE.slowSteps,
    names: ['wiretest slow', 'Slow steps'],
    shape: 'chat input, a block that works for a second or more (understands delay=800), recipe output behind it',
  },
  twoOutputs: {
    id: RECIPE.twoOutputs,
    names: ['wiretest two_outputs', 'Two outputs'],
    shape: 'chat input, text to a recipe output at once, and through a delay to a second one',
  },
  outputOff: {
    id: RECIPE.outputOff,
    names: ['wiretest output_off', 'Output switched off'],
    shape: 'chat input, text to a recipe output that is switched off',
  },
  typedAnswer: {
    id: RECIPE.typedAnswer,
    names: ['wiretest only_output', 'Typed answer'],
    shape: 'a recipe output alone, with a text typed into it',
  },
  expiring: {
    id: RECIPE.expiring,
    names: ['wiretest echo_all_expiring', 'Expiring files'],
    shape: 'chat input, images to a recipe output whose storage mode is Expiring',
  },
  form: {
    id: RECIPE.postcard,
    names: ['wiretest form', 'Photograph Generator', 'Postcard by form'],
    shape: 'a formio auto_ui block; it is loaded and never run',
  },
  formValues: {
    id: RECIPE.everyField,
    names: ['wiretest form as a string', 'Every kind of field'],
    shape:
      'a form with word, long (block default "from the block"), n (1 to 10, default 5), yes, pick, pic, pics (imageArray), doc; texts, images and documents to a recipe output',
  },
  public: {
    id: RECIPE.chatReport,
    names: ['Nutrition Table', 'Report in chat'],
    shape: 'any public template with a chat output and no recipe output; it is loaded and never run',
  },
} as const satisfies Record<string, NeededRecipe>;

export type RecipeKey = keyof typeof NEEDED;
