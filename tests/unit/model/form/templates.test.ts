import { expect, it } from 'vitest';
import { formDataOf } from '../../../../electron/core/model/form/form-block.ts';
import { readForm } from '../../../../electron/core/model/form/read-form.ts';
import { type Recipe, recipeReply } from '../../../../electron/core/omnitool/recipe-schema.ts';
import { shapeOf } from '../../../../electron/core/model/shape.ts';
import { needs } from '../../../support/needs.ts';
import { readTemplate, TEMPLATES_LACK } from '../../../support/templates.ts';
import { describeField } from './form-support.ts';

/** The fields of each published recipe with a form, in the words of `describeField`. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'app-icon-artist': [
    '_prompt: long text "Lightning in a Cauldron"',
    'width: number 1..8192 128',
    'height: number 1..8192 128',
  ],
  'chef-francois-food-photography': ['text: long text ""'],
  'children-storybook-creator': ['scene_description: long text "Pebbles the cat waits patiently beside …'],
  'emoji-generator': [
    'subject: long text "A sporty electric car"',
    'details: long text "side profile"',
    'switch: checkbox true',
  ],
  'monica-the-librarian': ['file: drawing image [] -> image'],
  'omnilab-stable-diffusion-101': [
    'image_type: long text "time magazine cover photograph, SRAW, N…',
    'prompt: long text "Barbie Toy"',
    'negative_prompt: long text "ugly, deformed, lowres, missing limbs, …',
  ],
  'persona-builder-3-0': [
    'description: long text "Omnitool, your AI Lab/Desktop to explor…',
    'feature: long text "1. Hybrid AI Freedom: Break free from v…',
    'value_proposition: long text "Omnitool is your compass to navigate th…',
    'target_audience: long text "AI Educator, German"',
  ],
  'public-speaking-coach': [`text: long text "Welcome to Omnitool, your AI Desktop. I…`],
  'rpg-icon-artist': ['_prompt: long text ""'],
  'talking-head-studio': ['input: long text ""', 'images: files image, several []'],
  'teaching-with-ai-ai-tutor': [
    'topic: long text "What is Vectorstore and Why we need it …',
    'student_level: long text "University B.S. Computer Science freshm…',
    'current_knowledge: long text "- vector store is used in large text qu…',
  ],
};

const recipeOf = (name: string): Recipe =>
  recipeReply.parse({ flags: [], workflow: { owner: '', ui: {}, ...readTemplate(name) } });
const formOfTemplate = (name: string): ReturnType<typeof readForm> => {
  const recipe = recipeOf(name);
  return readForm(formDataOf(recipe.nodes));
};

needs(TEMPLATES_LACK);

it.for(Object.entries(FIELDS))('reads every field of %s', ([name, fields]) => {
  const form = formOfTemplate(name);
  expect(form?.fields.map(describeField)).toEqual(fields);
  // The tab for results and the title that repeats the name are not part of what is filled in.
  expect(form?.parts).toEqual(form?.fields.map(({ key }) => ({ kind: 'field', key })));
  expect(form).toMatchObject({ notes: [], unshown: [] });
});

it.for(Object.keys(FIELDS))('has nothing to warn of in %s', (name) => {
  const { nodes, unreadableNodes } = recipeOf(name);
  expect(shapeOf(nodes, unreadableNodes).warnings).toEqual(['chat-only']);
});
