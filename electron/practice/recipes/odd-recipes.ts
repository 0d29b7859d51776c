import { type Draft, input, output, own, straight } from './draft.ts';
import { CHAT_OUTPUT, FILE_OUTPUT, RECIPE_OUTPUT } from '../blocks/graph.ts';
import { RECIPE } from './ids.ts';

const forTests = { help: 'For tests.', tags: ['#practice', '#test'], hidden: true } as const;

/** Rare ways in which recipes give a result (wire 3, 7); listed only with `showAll`. */
export const ODD_RECIPES: readonly Draft[] = [
  {
    ...forTests,
    id: RECIPE.outputOff,
    name: 'Output switched off',
    description: 'Has an output block that is switched off, so it ends well and gives nothing.',
    blocks: [input, own('word_count', 'Count words'), [RECIPE_OUTPUT, { xOmniEnabled: false }]],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'text', 'objects')],
  },
  {
    ...forTests,
    id: RECIPE.twoOutputs,
    name: 'Two outputs',
    description: 'Gives the message through one output block at once, and its picture through another a little later.',
    blocks: [input, output, own('step', 'Wait', { step: 1 }), own('picture_from_text', 'Draw the text'), output],
    wires: [
      ...straight(1, 2, 'text'),
      ...straight(1, 3, 'text'),
      ...straight(3, 4, 'text'),
      ...straight(4, 5, 'images'),
    ],
  },
  {
    ...forTests,
    id: RECIPE.mixedKinds,
    name: 'Mixed kinds',
    description: 'Gives pictures back as sound and as files, and documents as pictures.',
    blocks: [input, output],
    wires: [
      [1, 'images', 2, 'audio'],
      [1, 'images', 2, 'files'],
      [1, 'documents', 2, 'images'],
    ],
  },
  {
    ...forTests,
    id: RECIPE.sameFileTwice,
    name: 'Same file twice',
    description: 'Gives each picture twice in one list and once more in another.',
    blocks: [input, own('pass_files', 'Pass on'), output],
    wires: [
      ...straight(1, 2, 'images'),
      ...straight(1, 3, 'images'),
      ...straight(2, 3, 'images'),
      [1, 'images', 3, 'files'],
    ],
  },
  {
    ...forTests,
    id: RECIPE.returnsError,
    name: 'Returns an error',
    description: 'Fails by handing back an error, which is told in fewer words.',
    blocks: [input, own('soft_fail', 'Step that gives up', { message: 'This step gives up politely.' }), output],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'text')],
  },
  {
    ...forTests,
    id: RECIPE.expiring,
    name: 'Expiring files',
    description: 'Gives files back that the server does not keep for good.',
    blocks: [input, [RECIPE_OUTPUT, { persistData: 'Expiring' }]],
    wires: straight(1, 2, 'images', 'documents'),
  },
  {
    ...forTests,
    id: RECIPE.leavesFile,
    name: 'Leaves a file',
    description: 'Draws the message and gives the picture to no output: only the File Manager has it.',
    blocks: [input, own('picture_from_text', 'Draw the text')],
    wires: straight(1, 2, 'text'),
  },
  {
    ...forTests,
    id: RECIPE.namedPage,
    name: 'Named page',
    description:
      'Says the message at once, then stores it as a web page in the File Manager under the name that it gives.',
    blocks: [
      input,
      [CHAT_OUTPUT, { textType: 'text/plain' }],
      own('step', 'Wait', { step: 1 }),
      own('web_page', 'Write the page'),
      [FILE_OUTPUT, { fileName: '', textType: 'text/html' }],
    ],
    wires: [
      ...straight(1, 2, 'text'),
      ...straight(1, 3, 'text'),
      ...straight(3, 4, 'text'),
      ...straight(4, 5, 'text'),
      [1, 'text', 5, 'fileName'],
    ],
  },
  {
    ...forTests,
    id: RECIPE.typedAnswer,
    name: 'Typed answer',
    description: 'Takes nothing and gives the text that was typed into its output block.',
    blocks: [[RECIPE_OUTPUT, { text: 'Typed into the block.' }]],
    wires: [],
  },
];
