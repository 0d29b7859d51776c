import { type Draft, input, markdownChat, output, own, straight } from './draft.ts';
import {
  checkbox,
  drawing,
  file,
  formBlock,
  type FormField,
  number,
  radio,
  schemaOf,
  select,
  textArea,
  textLine,
} from './form-fields.ts';
import { RECIPE } from './ids.ts';

const LETTER: readonly FormField[] = [
  textLine('to', 'To', { defaultValue: 'Ms Example' }),
  textArea('topic', 'Topic', { defaultValue: 'The meeting on Monday', description: 'What the letter is about.' }),
  textArea('tone', 'Tone', { placeholder: 'friendly, formal or short' }),
];

const PATTERN: readonly FormField[] = [
  number('width', 'Width', [16, 512], { defaultValue: 128, description: 'In pixels.' }),
  number('height', 'Height', [16, 512], { defaultValue: 128, description: 'In pixels.' }, { default: 64 }),
  select('colour', 'Colour', [
    ['blue', 'Blue'],
    ['green', 'Green'],
    ['red', 'Red'],
  ]),
  checkbox('grid', 'Draw a grid', { defaultValue: true }),
];

const CUT_OUT: readonly FormField[] = [
  file('picture', 'Picture', 'image', { description: 'A PNG.', imageSize: '256' }),
  drawing('mask', 'Mask', { description: 'Light parts are kept.' }),
];

const CAPTION: readonly FormField[] = [textArea('text', 'Caption', { defaultValue: 'A fine day' })];

/** Recipes with a form (wire 13) that do some work. What is saved in their blocks differs from the defaults of their forms. */
export const FORM_RECIPES: readonly Draft[] = [
  {
    id: RECIPE.letter,
    name: 'Letter',
    description: 'Writes a letter from a name, a topic and a tone.',
    help: 'Fill in the form. The tones `friendly`, `formal` and `short` have their own greeting and closing.',
    tags: ['#practice', '#form', '#text'],
    blocks: [
      formBlock(schemaOf('Letter', 'Fill in three fields to get a letter.', LETTER), LETTER, {
        to: 'Mr Sample',
        topic: 'The bill of last month',
        tone: 'formal',
      }),
      own('letter', 'Write the letter'),
      markdownChat,
    ],
    wires: [...straight(1, 2, 'to', 'topic', 'tone'), ...straight(2, 3, 'text')],
  },
  {
    id: RECIPE.pattern,
    name: 'Pattern',
    description: 'Draws a chequered pattern of any size and colour.',
    help: 'Sizes are pixels from **16 to 512**. Other sizes fail, because the server does not check what a form holds.',
    tags: ['#practice', '#form', '#image'],
    blocks: [
      formBlock(schemaOf('Pattern', 'Choose a size and a colour.', PATTERN), PATTERN, { width: 96, colour: 'red' }),
      own('pattern', 'Draw the pattern'),
      markdownChat,
    ],
    wires: [...straight(1, 2, 'width', 'height', 'colour', 'grid'), ...straight(2, 3, 'text', 'images')],
  },
  {
    id: RECIPE.cutOut,
    name: 'Cut out',
    description: 'Keeps the parts of a picture where the mask is light.',
    help: 'Send two PNG pictures. The mask is scaled to the size of the picture.',
    tags: ['#practice', '#form', '#image'],
    blocks: [
      formBlock(schemaOf('Cut out', 'Add a picture and draw a mask.', CUT_OUT), CUT_OUT, {}),
      own('cut_out', 'Cut the picture'),
      markdownChat,
    ],
    wires: [...straight(1, 2, 'picture', 'mask'), ...straight(2, 3, 'text', 'images')],
  },
  {
    id: RECIPE.caption,
    name: 'Caption card',
    description:
      'Draws a caption, and counts the words of the message. Its form and its chat have one name for both texts.',
    help: 'The form and the chat read the same value, `text`: the caption and the message are always the same.',
    tags: ['#practice', '#form', '#chat', '#image'],
    blocks: [
      input,
      formBlock(schemaOf('Caption card', 'Write a caption.', CAPTION), CAPTION, { text: 'Saved caption' }),
      own('word_count', 'Count words'),
      own('picture_from_text', 'Draw the caption'),
      markdownChat,
    ],
    wires: [
      ...straight(1, 3, 'text'),
      ...straight(2, 4, 'text'),
      ...straight(3, 5, 'text'),
      ...straight(4, 5, 'images'),
    ],
  },
];

const CHOICES = [
  ['a', 'A'],
  ['b', 'B'],
] as const;

const EVERY: readonly FormField[] = [
  textLine('word', 'Word', { validate: { required: true } }),
  textArea('long', 'Long text', { defaultValue: 'from the schema' }, { default: 'from the block' }),
  number('n', 'Number', [1, 10], { defaultValue: 3 }, { default: 5 }),
  checkbox('yes', 'Yes', { defaultValue: true }),
  select('pick', 'Pick', CHOICES),
  file('pic', 'Picture', 'image'),
  file('pics', 'Pictures', 'imageArray', { multiple: true }, { type: 'array', socketOpts: { array: true } }),
  file('doc', 'Document', 'document'),
  radio('either', 'Either', CHOICES, { defaultValue: 'a' }),
  textArea('note', 'Note', { defaultValue: 'from the schema' }),
  checkbox('_on', 'On'),
  drawing('drawing', 'Drawing'),
  file('papers', 'Papers', 'document', { multiple: true }, { socketOpts: { array: true } }),
  file('sound', 'Sound', 'audio'),
  file('film', 'Film', 'video'),
  file('any', 'Any file', 'file'),
  file('sample', 'Sample', 'image'),
  // The form builder leaves a key that is none of the block's inputs when an author renames it.
  { ...textArea('lost', 'Lost'), input: null },
];

const TEXTS = ['word', 'long', 'n', 'yes', 'pick'] as const;

/** What each input was given comes back as data, and as JSON in the chat; listed only with `showAll`. */
export const ODD_FORM_RECIPES: readonly Draft[] = [
  {
    id: RECIPE.everyField,
    name: 'Every kind of field',
    description: 'Has a field of every kind, and says what each was given.',
    help: 'For tests. File fields that are left out fail the run, except `sample`, which has a saved address.',
    tags: ['#practice', '#form', '#test'],
    hidden: true,
    blocks: [
      formBlock(JSON.stringify(schemaOf('Every kind of field', 'Says what it was given.', EVERY)), EVERY, {
        note: 'saved in the block',
        _on: true,
        sample: 'https://pictures.invalid/sample.png',
      }),
      own('form_report', 'Say what was given'),
      output,
      markdownChat,
    ],
    wires: [
      ...straight(1, 2, ...EVERY.flatMap(({ key, input: into }) => (into === null ? [] : [key]))),
      ...TEXTS.map((key) => [1, key, 3, 'text'] as const),
      ...['pic', 'pics'].map((key) => [1, key, 3, 'images'] as const),
      [1, 'doc', 3, 'documents'],
      ...straight(2, 3, 'objects'),
      ...straight(2, 4, 'text'),
    ],
  },
];
