import { CHAT_OUTPUT, FILE_OUTPUT, METADATA } from '../blocks/graph.ts';
import { type Draft, input, markdownChat, output, own, straight } from './draft.ts';
import { formBlock, type FormField, schemaOf, textArea } from './form-fields.ts';
import { LONG_HELP } from './long-help.ts';
import { RECIPE } from './ids.ts';

const GREETING: readonly FormField[] = [textArea('prompt', 'Greeting', { defaultValue: 'Hello from far away' })];

/** Recipes that answer in the chat (wire 9.4), and one with a form. */
export const CHAT_RECIPES: readonly Draft[] = [
  {
    id: RECIPE.chatReport,
    name: 'Report in chat',
    description: 'Counts the words of a message and answers in the chat with a table, a list and a piece of code.',
    help: LONG_HELP,
    tags: ['#practice', '#chat', '#text'],
    public: true,
    // Real templates also hold their description in a block without connections.
    blocks: [[METADATA, { title: 'Report in chat' }], input, own('chat_report', 'Write the report'), markdownChat],
    wires: [...straight(2, 3, 'text'), ...straight(3, 4, 'text')],
  },
  {
    id: RECIPE.chatFiles,
    name: 'Files in chat',
    description: 'Makes two pictures, a tone, a table and data from a message, and sends them all to the chat.',
    help: 'The pictures show the message, the tone is as high as the message is long, the table holds its words.',
    tags: ['#practice', '#chat', '#files'],
    public: true,
    blocks: [input, own('file_kit', 'Make the files'), markdownChat],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'text', 'images', 'audio', 'documents', 'object')],
  },
  {
    id: RECIPE.webPage,
    name: 'Web page',
    description: 'Makes a web page of a message and stores it in the File Manager, without an answer.',
    help: 'The first line is the title. OmniTray fetches the page from the File Manager.',
    tags: ['#practice', '#text', '#files'],
    blocks: [
      input,
      own('web_page', 'Write the page'),
      [FILE_OUTPUT, { fileName: 'page', textType: 'text/html', storageType: 'Permanent' }],
    ],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'text')],
  },
  {
    id: RECIPE.illustrated,
    name: 'Illustrated page',
    description: 'Draws a message in two sizes and answers with a page that links to both pictures.',
    help: 'The page comes in the chat and as a document. The small picture leads to the large one.',
    tags: ['#practice', '#chat', '#image'],
    blocks: [input, own('illustrate', 'Draw the page'), markdownChat, markdownChat],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'text'), ...straight(2, 4, 'documents')],
  },
  {
    id: RECIPE.slowChat,
    name: 'Slow chat',
    description: 'Takes three seconds to think, then says in the chat what it was told.',
    help: 'Write `delay=200` for three steps of 200 ms. Start it twice with two messages: each run gets its own answer.',
    tags: ['#practice', '#chat', '#slow'],
    blocks: [
      input,
      own('step', 'Listen', { step: 1 }),
      own('step', 'Think', { step: 1 }),
      own('step', 'Answer', { step: 1 }),
      markdownChat,
    ],
    wires: [1, 2, 3, 4].flatMap((from) => straight(from, from + 1, 'text')),
  },
  {
    id: RECIPE.postcard,
    name: 'Postcard by form',
    description: 'Draws the greeting that is written in its form, and shows it in the chat.',
    help: 'Write a greeting. Without one it runs with the greeting that its author saved.',
    tags: ['#practice', '#form', '#image'],
    public: true,
    blocks: [
      formBlock(schemaOf('Postcard', 'Write a greeting.', GREETING), GREETING, {
        prompt: 'Greetings from the practice server',
        'x-omni-title': 'Greeting form',
      }),
      own('picture_from_text', 'Draw the greeting'),
      markdownChat,
    ],
    wires: [[1, 'prompt', 2, 'text'], ...straight(2, 3, 'text', 'images')],
  },
  {
    id: RECIPE.bothWays,
    name: 'Answer both ways',
    description: 'Counts words: the short answer through its results, the long one in the chat.',
    help: 'For recipes that have an output block and a chat block.',
    tags: ['#practice', '#chat', '#text'],
    blocks: [input, own('word_count', 'Count words'), own('chat_report', 'Write the report'), output, markdownChat],
    wires: [
      ...straight(1, 2, 'text'),
      ...straight(1, 3, 'text'),
      ...straight(2, 4, 'text', 'objects'),
      ...straight(3, 5, 'text'),
    ],
  },
];

const forTests = { help: 'For tests.', tags: ['#practice', '#test'], hidden: true } as const;

/** Rare ways in which recipes use the chat; listed only with `showAll`. */
export const ODD_CHAT_RECIPES: readonly Draft[] = [
  {
    ...forTests,
    id: RECIPE.chatMessages,
    name: 'Chat in several messages',
    description: 'Sends three messages one after the other: plain, formatted, and with a picture.',
    blocks: [
      input,
      [CHAT_OUTPUT, { textType: 'text/plain' }],
      own('step', 'Wait', { step: 1 }),
      own('chat_answer', 'Write the answer'),
      markdownChat,
      own('picture_from_text', 'Draw the text'),
      markdownChat,
    ],
    wires: [
      ...straight(1, 2, 'text'),
      ...straight(1, 3, 'text'),
      ...straight(3, 4, 'text'),
      ...straight(4, 5, 'text'),
      ...straight(4, 6, 'text'),
      ...straight(6, 7, 'text', 'images'),
    ],
  },
  {
    ...forTests,
    id: RECIPE.chatRace,
    name: 'Chat in the order of the end',
    description: 'Three chat outputs side by side; the first of them has to wait longest.',
    blocks: [
      input,
      own('step', 'Wait', { step: 1 }),
      own('step', 'Wait again', { step: 2 }),
      own('chat_report', 'Write the report'),
      [CHAT_OUTPUT, { textType: 'text/markdown' }],
      own('chat_answer', 'Write the answer'),
      markdownChat,
      [CHAT_OUTPUT, { textType: 'text/plain' }],
    ],
    wires: [
      ...straight(1, 2, 'text'),
      ...straight(2, 3, 'text'),
      ...straight(3, 4, 'text'),
      ...straight(4, 5, 'text'),
      ...straight(2, 6, 'text'),
      ...straight(6, 7, 'text'),
      ...straight(1, 8, 'text'),
    ],
  },
  {
    ...forTests,
    id: RECIPE.chatPlain,
    name: 'Chat in plain text',
    description: 'A block of its own speaks: one plain text, not a list of texts.',
    blocks: [input, own('say', 'Speak')],
    wires: straight(1, 2, 'text'),
  },
  {
    ...forTests,
    id: RECIPE.chatWordless,
    name: 'Chat without words',
    description: 'Sends a picture to the chat and says nothing.',
    blocks: [input, own('picture_from_text', 'Draw the text'), markdownChat],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'images')],
  },
  {
    ...forTests,
    id: RECIPE.speaksThenFails,
    name: 'Speaks, then fails',
    description: 'Says something in the chat, then fails in another branch.',
    blocks: [
      input,
      markdownChat,
      own('fail', 'Branch that fails', { delay: 100, message: 'This recipe fails after it has spoken.' }),
    ],
    wires: [...straight(1, 2, 'text'), ...straight(1, 3, 'text')],
  },
];
