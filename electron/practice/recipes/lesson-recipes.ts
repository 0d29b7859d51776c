import { MOST_STEPS } from '../blocks/flow-blocks.ts';
import { type Draft, input, markdownChat, output, own, straight } from './draft.ts';
import { RECIPE } from './ids.ts';

const steps = Array.from({ length: MOST_STEPS }, (_, index) => index + 1);

/** Recipes that show the ways in which runs go on and fail. */
export const LESSON_RECIPES: readonly Draft[] = [
  {
    id: RECIPE.slowSteps,
    name: 'Slow steps',
    description: 'Works through five steps of one second. Good for watching and stopping a run.',
    help: `Write \`steps=3 delay=200\` for three steps of 200 ms. Up to ${MOST_STEPS} steps. It can be stopped between two steps.`,
    tags: ['#practice', '#slow'],
    blocks: [
      input,
      ...steps.map((number) => own('step', `Step ${number}`, { step: number })),
      own('steps_done', 'Sum up'),
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
    blocks: [input, own('chat_answer', 'Write the answer'), own('picture_from_text', 'Draw the text'), markdownChat],
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
    blocks: [
      input,
      own('fail', 'Step that fails', { delay: 100, message: 'The second step of this recipe always fails.' }),
      output,
    ],
    wires: [...straight(1, 2, 'text'), ...straight(2, 3, 'text')],
  },
  {
    id: RECIPE.noOutput,
    name: 'No output',
    description: 'Ends well and gives nothing.',
    help: 'For seeing what a run without any output looks like.',
    tags: ['#practice', '#failure'],
    blocks: [input, own('discard', 'Throw away')],
    wires: straight(1, 2, 'text', 'images', 'documents'),
  },
  {
    id: RECIPE.failsAfterOutput,
    name: 'Fails after output',
    description: 'Gives its text at once, then fails in another branch.',
    help: 'The run has failed although its result can be read.',
    tags: ['#practice', '#failure'],
    blocks: [
      input,
      own('fail', 'Branch that fails', { delay: 300, message: 'The other branch of this recipe always fails.' }),
      output,
    ],
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
