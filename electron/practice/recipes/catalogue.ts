import { practiceBlock } from '../blocks/registry.ts';
import { MOST_STEPS } from '../blocks/flow-blocks.ts';
import { type Block, CHAT_INPUT, CHAT_OUTPUT, graph, RECIPE_OUTPUT, type Wire } from './graph.ts';
import { RECIPE } from './ids.ts';
import type { Recipe } from './recipe.ts';

interface Draft {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly help: string;
  readonly tags: readonly string[];
  readonly blocks: readonly Block[];
  readonly wires: readonly Wire[];
  readonly public?: boolean;
  readonly hidden?: boolean;
}

const input: Block = [CHAT_INPUT];
const output: Block = [RECIPE_OUTPUT];
const own = (name: string, data?: Readonly<Record<string, unknown>>): Block => [practiceBlock(name), data ?? {}];

/** From output to input of the same name, for several names. */
const straight = (from: number, to: number, ...ports: readonly string[]): readonly Wire[] =>
  ports.map((port) => [from, port, to, port]);

/** Chat input, one block of our own, recipe output. */
const through = (name: string, taken: readonly string[], given: readonly string[]) => ({
  blocks: [input, own(name), output],
  wires: [...straight(1, 2, ...taken), ...straight(2, 3, ...given)],
});

const WORK: readonly Draft[] = [
  {
    id: RECIPE.echo,
    name: 'Echo',
    description: 'Gives back everything it gets: text, pictures, sound, video, documents and JSON.',
    help: 'Send **anything**. The same comes back, so you can see the whole way there and back.',
    tags: ['#practice', '#text', '#files'],
    blocks: [input, output],
    wires: [
      ...straight(1, 2, 'text', 'images', 'audio'),
      [1, 'video', 2, 'videos'],
      ...straight(1, 2, 'documents'),
      [1, 'json', 2, 'objects'],
    ],
  },
  {
    id: RECIPE.wordCount,
    name: 'Word count',
    description: 'Counts the words, lines and characters of a message and of text documents.',
    help: 'Send a message, text documents, or both. Each gets a line in the text and an entry in the data.',
    tags: ['#practice', '#text'],
    ...through('word_count', ['text', 'documents'], ['text', 'objects']),
  },
  {
    id: RECIPE.thumbnailSheet,
    name: 'Thumbnail sheet',
    description: 'Puts pictures side by side on one PNG.',
    help: 'Send up to **64** pictures. PNG files are drawn; other formats appear as a tile with their name.',
    tags: ['#practice', '#image'],
    ...through('contact_sheet', ['images'], ['text', 'images']),
  },
  {
    id: RECIPE.grey,
    name: 'Image to grey',
    description: 'Turns PNG pictures into shades of grey.',
    help: 'Send PNG pictures of up to 16 megapixels. Other formats are named in the text and left out.',
    tags: ['#practice', '#image'],
    ...through('grey_pictures', ['images'], ['text', 'images']),
  },
  {
    id: RECIPE.hashFiles,
    name: 'Hash files',
    description: 'Gives the SHA-256, size and type of any files, as they arrived on the server.',
    help: 'Send any files. Compare the sums with your own to see that nothing changed on the way.',
    tags: ['#practice', '#files'],
    ...through('hash_files', ['images', 'audio', 'video', 'documents'], ['text', 'objects']),
  },
  {
    id: RECIPE.csvToJson,
    name: 'CSV to JSON',
    description: 'Reads tables from CSV documents and gives them back as data and as JSON files.',
    help: 'The first row names the fields. Commas, semicolons and tabs are understood.',
    tags: ['#practice', '#data'],
    ...through('csv_to_json', ['text', 'documents'], ['text', 'documents', 'objects']),
  },
  {
    id: RECIPE.joinText,
    name: 'Join text',
    description: 'Joins a message and text documents into one text file.',
    help: 'The message comes first, then the documents in their order.',
    tags: ['#practice', '#text'],
    ...through('join_text', ['text', 'documents'], ['text', 'documents']),
  },
  {
    id: RECIPE.pictureFromText,
    name: 'Picture from text',
    description: 'Draws a message as a PNG, with a mark that is the same for the same text.',
    help: 'Letters without accents, digits and the usual punctuation are drawn.',
    tags: ['#practice', '#image', '#text'],
    ...through('picture_from_text', ['text'], ['text', 'images']),
  },
];

const steps = Array.from({ length: MOST_STEPS }, (_, index) => index + 1);

const LESSONS: readonly Draft[] = [
  {
    id: RECIPE.slowSteps,
    name: 'Slow steps',
    description: 'Works through five steps of one second. Good for watching and stopping a run.',
    help: `Write \`steps=3 delay=200\` for three steps of 200 ms. Up to ${MOST_STEPS} steps. It can be stopped between two steps.`,
    tags: ['#practice', '#slow'],
    blocks: [
      input,
      ...steps.map((number) => own('step', { step: number, 'x-omni-title': `Step ${number}` })),
      own('steps_done'),
      output,
    ],
    wires: [...steps, MOST_STEPS + 1, MOST_STEPS + 2].flatMap((from) => straight(from, from + 1, 'text')),
  },
  {
    id: RECIPE.chatOnly,
    name: 'Chat-only answer',
    description: 'Answers in the chat and nowhere else, as the templates that come with Omnitool do.',
    help: 'The answer is Markdown with a picture. Nothing comes back through the results.',
    tags: ['#practice', '#chat'],
    public: true,
    blocks: [input, own('chat_answer'), own('picture_from_text'), [CHAT_OUTPUT, { textType: 'text/markdown' }]],
    wires: [
      ...straight(1, 2, 'text'),
      ...straight(1, 3, 'text'),
      ...straight(2, 4, 'text'),
      ...straight(3, 4, 'images'),
    ],
  },
  {
    id: RECIPE.failsHalfway,
    name: 'Fails half-way',
    description: 'Always ends with a failure before it has given anything.',
    help: 'For seeing what a failed run looks like.',
    tags: ['#practice', '#failure'],
    blocks: [input, own('fail', { delay: 100, message: 'The second step of this recipe always fails.' }), output],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'text')],
  },
  {
    id: RECIPE.noOutput,
    name: 'No output',
    description: 'Ends well and gives nothing.',
    help: 'For seeing what a run without any output looks like.',
    tags: ['#practice', '#failure'],
    blocks: [input, own('discard')],
    wires: straight(1, 2, 'text', 'images', 'documents'),
  },
  {
    id: RECIPE.failsAfterOutput,
    name: 'Fails after output',
    description: 'Gives its text at once, then fails in another branch.',
    help: 'The run has failed although its result can be read.',
    tags: ['#practice', '#failure'],
    blocks: [input, own('fail', { delay: 300, message: 'The other branch of this recipe always fails.' }), output],
    wires: [...straight(1, 3, 'text'), ...straight(1, 2, 'text')],
  },
  {
    id: RECIPE.missingBlock,
    name: 'Missing block',
    description: 'Uses a block that is not installed, so it always fails.',
    help: 'For seeing what a recipe looks like whose extension is missing.',
    tags: ['#practice', '#failure'],
    blocks: [input, ['omni-extension-absent:absent.block'], output],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'text')],
  },
  {
    id: RECIPE.ghost,
    name: 'Two missing blocks',
    description: 'Cannot even be started, and leaves a job behind that never changes.',
    help: 'For tests.',
    tags: ['#practice', '#test'],
    public: true,
    hidden: true,
    blocks: [input, ['omni-extension-absent:absent.first'], ['omni-extension-absent:absent.second'], output],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'text'), ...straight(3, 4, 'text')],
  },
];

const FIRST_CREATED = Date.UTC(2026, 0, 5, 9);

/** All recipes, oldest first. */
export const RECIPES: readonly Recipe[] = [...WORK, ...LESSONS].map(({ blocks, wires, ...draft }, index) => ({
  public: false,
  hidden: false,
  ...draft,
  created: FIRST_CREATED + index * 3_600_000,
  nodes: graph(blocks, wires),
}));

export const findRecipe = (id: unknown): Recipe | null => RECIPES.find((recipe) => recipe.id === id) ?? null;
