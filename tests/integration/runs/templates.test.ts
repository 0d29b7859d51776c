/** Every published recipe, from its form to its answer: what it can be given, and that the server gets all of it. */
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  FormField,
  FormValue,
  FormValues,
  InputKind,
  RecipeForm,
  RecipeShape,
} from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import type { Handlers } from '../../../electron/core/app/handlers.ts';
import { blank, writePng } from '../../../electron/practice/pixels/picture.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { needs } from '../../support/needs.ts';
import { filesSaid, offer, readTemplate, saysOf, TEMPLATES_LACK, templateNames } from '../../support/templates.ts';
import { connectTo, LoudLogger, makeHome, openCore, runReaches, type TestHome } from '../../support/test-core.ts';
import { handlersOf } from '../../support/test-handlers.ts';

/** What each recipe can be given. Others of the folder are run too, without a line here. */
const GIVEN: Readonly<Record<string, string>> = {
  'app-icon-artist': 'form: _prompt, width, height',
  'app-review-analyzer': 'chat: text; own text',
  bugbear: 'chat: text',
  'chat-with-article': 'chat: text; own text',
  'chef-francois-food-photography': 'form: text; chat: text',
  'children-storybook-creator': 'form: scene_description',
  'component-convertor-2': 'chat: text',
  'component-convertor': 'runs without input',
  'cosplay-studio-wip': 'chat: text; own text',
  'deepfilternet-demo-wip': 'chat: audio',
  'descrtipion-writer': 'chat: text; own text',
  'emoji-generator': 'form: subject, details, switch',
  'google-multilingual-assistant': 'chat: text; own text',
  'graph-art-wip': 'runs without input',
  'hackathon-smoke-test': 'runs without input',
  'if-paintings-were-real': 'chat: images',
  'image-describe-generator': 'chat: images',
  'llm-agent': 'chat: text; own text',
  'meeting-minutes-wip': 'runs without input',
  'monica-the-librarian': 'form: file',
  'multilingual-translator-wip': 'chat: text; own text',
  'nutrition-table': 'chat: images',
  'omni-assistant-wip': 'chat: text',
  'omnilab-image-to-text-panel': 'chat: text, images; own text',
  'omnilab-llm-panel': 'chat: text; own text',
  'omnilab-sdxl-image-resolution': 'runs without input',
  'omnilab-stable-diffusion-101': 'form: image_type, prompt, negative_prompt',
  'openpose-to-photo': 'runs without input',
  'paintify-wip-nick': 'runs without input',
  'painting-to-photo': 'runs without input',
  'persona-builder-3-0': 'form: description, feature, value_proposition, target_audience',
  'public-speaking-coach': 'form: text',
  'query-document-s': 'chat: text; own text',
  'recipe-cover-image-generator': 'runs without input',
  'recipe-instruction-generator': 'chat: text; own text',
  'rpg-icon-artist': 'form: _prompt',
  'speaker-note': 'runs without input',
  'tabletop-map-generator-wip': 'runs without input',
  'talking-head-studio': 'form: input, images',
  'teaching-with-ai-ai-tutor': 'form: topic, student_level, current_knowledge',
  'teaching-with-ai-effective-explainer': 'runs without input',
  'text-tone-tailor': 'chat: text; own text',
  'torture-test': 'runs without input',
  'web-ui-builder': 'chat: images',
  'yearbook-photo-studio': 'chat: images',
};

type Args = Readonly<Record<string, unknown>>;

let server: PracticeServer;
let home: TestHome;
let core: Core;
let call: Handlers;
/** The arguments of each start that reached the server. */
const starts: Args[] = [];

beforeAll(async () => {
  server = await startPracticeServer({ onStart: (_, args) => starts.push(args) });
  home = await makeHome();
  core = openCore(home, { logger: new LoudLogger() });
  call = handlersOf(core);
  await connectTo(core, server.origin, server.token);
});
afterAll(async () => {
  core.close();
  await server.close();
  await home.remove();
});

describe('each published recipe', () => {
  needs(TEMPLATES_LACK);

  it.for(templateNames())('%s gets all of its inputs, and its answer comes back', async (name) => {
    const template = readTemplate(name);
    const recipeId = offer(server, template);
    await core.catalogue.refresh();
    const { form } = await call['recipes:detail']({ recipeId });
    const shape = core.catalogue.find(recipeId)?.shape;
    if (shape == null) throw new Error('Its blocks could not be read.');
    if (GIVEN[name] !== undefined) expect(inputsOf(shape, form)).toBe(GIVEN[name]);
    const fields = form?.fields ?? [];

    // As it is shown first: all of that is sent.
    await call['draft:edit']({ recipeId, values: {}, message: '' });
    if (form === null && shape.takes.length > 0 && shape.ownText === undefined) {
      await expect(call['runs:start'](undefined)).rejects.toMatchObject({ code: 'nothing-to-run' });
    } else {
      const { args } = await started(shape);
      expect(args).toEqual(argsOf(fields, ({ initial }) => initial, {}));
    }

    // With another value in each field, and with all that the chat takes.
    const values = Object.fromEntries(fields.flatMap((field) => (isFiles(field) ? [] : [[field.key, sample(field)]])));
    const hasTextField = fields.some(({ sendAs }) => sendAs === 'text');
    const message = shape.takes.includes('text') && !hasTextField ? `A message for ${name}` : '';
    await call['draft:edit']({ recipeId, values, message });
    const paths = await filesFor(name, fields, shape.takes);
    await call['draft:add']({ paths: Object.values(paths), unsaved: [], texts: [] });
    const { args, said, files } = await started(shape);
    expect(args).toEqual({
      ...argsOf(fields, ({ key }) => values[key] ?? null, paths),
      ...chatArgs(shape.takes, message),
    });
    expect(said).toHaveLength(saysOf(template));
    if (saysOf(template) > 0) expect(files).toBe(filesSaid(template));
  });
});

const isFiles = ({ control }: FormField): boolean => control.kind === 'files';

/** `form: subject, switch; chat: text; own text`. A field that the server would ignore is in brackets. */
function inputsOf({ takes, ownText }: RecipeShape, form: RecipeForm | null): string {
  const fields = (form?.fields ?? []).map(({ key, sendAs }) => (sendAs === null ? `(${key})` : key));
  const parts = [
    fields.length > 0 ? `form: ${fields.join(', ')}` : '',
    takes.length > 0 ? `chat: ${takes.join(', ')}` : '',
    ownText === undefined ? '' : 'own text',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'runs without input' : parts.join('; ');
}

/** Starts the draft, and waits for its end. */
async function started({ gives, givesInChat }: RecipeShape) {
  const { runs } = await call['runs:start'](undefined);
  const id = runs[0]?.id ?? '';
  // One without an output may still leave files on the server (wire 13.5).
  const ends = gives.length + givesInChat.length > 0 ? (['succeeded'] as const) : (['succeeded', 'empty'] as const);
  await runReaches(core, id, ...ends);
  const { messages, artifacts } = core.runs.result(id);
  return { args: starts.at(-1), said: messages, files: artifacts.filter(({ problem }) => problem === null).length };
}

/** A value that differs from the first one. */
function sample({ key, control, initial }: FormField): FormValue {
  switch (control.kind) {
    case 'text':
      return `A value for ${key}:\n"é漢\u{1f34a}" & <b>more</b>`;
    case 'number':
      return (control.min ?? 0) + 7 * (control.step ?? 1);
    case 'checkbox':
      return initial !== true;
    case 'choice':
      return control.options.at(-1)?.value ?? null;
    default:
      throw new Error(`A published recipe has a field of another kind: ${key}, ${control.kind}`);
  }
}

const PNG = Buffer.from(writePng(blank(4, 4, [200, 90, 40])));
const WAV = Buffer.concat([Buffer.from('RIFF$\0\0\0WAVEfmt '), Buffer.alloc(28)]);
const CHAT_FILES: Partial<Record<InputKind, readonly [name: string, bytes: Buffer]>> = {
  images: ['chat.png', PNG],
  audio: ['chat.wav', WAV],
  documents: ['chat.txt', Buffer.from('A document.')],
};

/** A file for each field of files and each kind of the chat, by the field or kind. */
async function filesFor(name: string, fields: readonly FormField[], takes: readonly InputKind[]) {
  const paths: Record<string, string> = {};
  for (const { key } of fields.filter(isFiles)) paths[key] = await home.file(`${name} ${key}.png`, PNG);
  for (const kind of takes) {
    const [file, bytes] = CHAT_FILES[kind] ?? [];
    if (file !== undefined && bytes !== undefined) paths[kind] = await home.file(`${name} ${file}`, bytes);
  }
  return paths;
}

/** The arguments of the fields that the server takes: a value each, or the files. */
const argsOf = (fields: readonly FormField[], valueOf: (field: FormField) => FormValue, paths: FormValues): Args =>
  Object.fromEntries(
    fields.flatMap((field) => {
      if (field.sendAs === null) return [];
      return [[field.sendAs, isFiles(field) ? entriesOf(paths[field.key]) : valueOf(field)]];
    }),
  );

const entriesOf = (path: FormValue | undefined): readonly unknown[] =>
  typeof path !== 'string'
    ? []
    : [
        {
          storage: 'b64-fixed-storage-provider',
          url: expect.stringMatching(/^fid:\/\/[^./]+$/) as string,
          name: basename(path),
          size: PNG.length,
        },
      ];

const chatArgs = (takes: readonly InputKind[], message: string): Args => {
  const files = takes.filter((kind) => CHAT_FILES[kind] !== undefined);
  return {
    ...(message === '' ? {} : { text: message }),
    ...Object.fromEntries(files.map((kind) => [kind, [{ fid: expect.any(String) as string }]])),
  };
};
