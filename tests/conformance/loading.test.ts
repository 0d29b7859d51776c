import { expect } from 'vitest';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { data, field, fields, list, textAt, Visitor } from '../support/wire/visitor.ts';
import type { RecipeKey } from './needed-recipes.ts';
import type { Stage } from './stage.ts';
import { conformance } from './statement.ts';

const { statement, onPractice } = conformance();

const load = async (stage: Stage, key: RecipeKey) =>
  data(await stage.visitor.get(`/api/v1/workflow/${stage.recipe(key)}`));
const workflow = async (stage: Stage, key: RecipeKey) => field(await load(stage, key), 'workflow');

/** The blocks of a recipe with these names. */
async function blocks(stage: Stage, key: RecipeKey, ...names: readonly string[]): Promise<readonly unknown[]> {
  const nodes = field(field(await workflow(stage, key), 'rete'), 'nodes');
  return fields(nodes)
    .map((id) => field(nodes, id))
    .filter((node) => names.some((name) => textAt(node, 'name').endsWith(name)));
}

/** The connected kinds on one side of a block. */
const connected = (node: unknown, side: 'inputs' | 'outputs') =>
  fields(field(node, side)).filter((kind) => list(field(field(field(node, side), kind), 'connections')).length > 0);

statement('3', 'a loaded recipe has an id, an owner, words, and blocks by their ids', ['echo'], async (stage) => {
  const recipe = await workflow(stage, 'echo');
  expect(textAt(recipe, 'id')).toBe(stage.recipe('echo'));
  for (const key of ['name', 'author', 'description', 'help']) textAt(recipe, 'meta', key);
  expect(typeof field(field(recipe, 'meta'), 'updated')).toBe('number');
  const nodes = field(field(recipe, 'rete'), 'nodes');
  expect(fields(nodes)).not.toHaveLength(0);
  for (const id of fields(nodes)) expect(String(field(field(nodes, id), 'id'))).toBe(id);
});

statement('3', 'an own recipe is flagged as the owner’s', ['echo'], async (stage) => {
  expect(field(await load(stage, 'echo'), 'flags')).toEqual(['owner']);
});

statement('3', 'a public recipe is flagged as public and read-only, and owned by nobody', ['public'], async (stage) => {
  const loaded = await load(stage, 'public');
  expect(field(loaded, 'flags')).toEqual(['public', 'readonly']);
  expect(textAt(loaded, 'workflow', 'owner')).toBe('-----public-----');
  expect(textAt(loaded, 'workflow', 'id')).toMatch(/^[\da-f]{36}$/);
});

statement('3', 'help can be several KB of Markdown', ['public'], async (stage) => {
  // Which recipe has a long text differs between servers.
  let longest = 0;
  for (const id of stage.listed()) {
    if (longest > 1_000) break;
    const loaded = await stage.visitor.get(`/api/v1/workflow/${id}`);
    const help = field(field(field(data(loaded), 'workflow'), 'meta'), 'help');
    longest = Math.max(longest, typeof help === 'string' ? help.length : 0);
  }
  expect(longest).toBeGreaterThan(1_000);
});

statement('3', 'what a recipe takes are the connected outputs of its chat input', ['echo', 'chat'], async (stage) => {
  const [input] = await blocks(stage, 'echo', 'omnitool.chat_input');
  expect(connected(input, 'outputs')).toEqual(['text', 'images', 'audio', 'video', 'documents', 'json']);
  const [spoken] = await blocks(stage, 'chat', 'omnitool.chat_input');
  expect(connected(spoken, 'outputs')).toContain('text');
  expect(connected(spoken, 'outputs')).not.toContain('json');
});

statement('3', 'what a recipe gives are the connected inputs of its recipe output', ['echo'], async (stage) => {
  const [output] = await blocks(stage, 'echo', 'omnitool.recipe_output');
  expect(new Set(connected(output, 'inputs'))).toEqual(
    new Set(['text', 'images', 'audio', 'videos', 'documents', 'objects']),
  );
});

statement('3', 'a text typed into a recipe output is in its data', ['typedAnswer'], async (stage) => {
  const [output] = await blocks(stage, 'typedAnswer', 'omnitool.recipe_output');
  expect(textAt(output, 'data', 'text')).not.toBe('');
});

statement('3', 'a chat-only recipe has a chat output and no recipe output', ['chat', 'public'], async (stage) => {
  for (const key of ['chat', 'public'] as const) {
    expect(await blocks(stage, key, 'omnitool.chat_output')).toHaveLength(1);
    expect(await blocks(stage, key, 'omnitool.recipe_output')).toEqual([]);
  }
});

statement('3', 'a block that is switched off says so in its data', ['outputOff'], async (stage) => {
  const [output] = await blocks(stage, 'outputOff', 'omnitool.recipe_output');
  expect(field(field(output, 'data'), 'xOmniEnabled')).toBe(false);
});

statement('3', 'a recipe whose output is switched off ends well and has no result', ['outputOff'], async (stage) => {
  const { state, result } = await stage.run('outputOff', { text: 'x' });
  expect([state, result.status]).toEqual(['success', 404]);
});

statement('3', 'a form is a block of its own, and the recipe says that it has one', ['form'], async (stage) => {
  expect(await blocks(stage, 'form', ':formio.auto_ui')).toHaveLength(1);
  expect(await workflow(stage, 'form')).toMatchObject({ ui: { formIO: { enabled: true } } });
});

statement('3', 'an unknown recipe is 404 in these words', [], async ({ visitor }) => {
  const answer = await visitor.get('/api/v1/workflow/11111111-1111-1111-1111-111111111111');
  expect([answer.status, answer.text]).toEqual([404, '{"error":"Workflow not found"}']);
});

onPractice('3', 'anybody may load a recipe, without the owner’s flag', 'needs a second user', async (practice) => {
  const other = await Visitor.enter(practice, await practice.mintToken({ user: 'other' }));
  const answer = await other.get(`/api/v1/workflow/${RECIPE.echo}`);
  expect([answer.status, field(data(answer), 'flags')]).toEqual([200, []]);
});

onPractice(
  '3',
  'an author’s own name for a block is its x-omni-title',
  'needs a block with a title',
  async (_, stage) => {
    const titles = (await blocks(stage, 'slow', '.step')).map((node) => textAt(node, 'data', 'x-omni-title'));
    expect(titles).toContain('Step 1');
  },
);
