import { expect } from 'vitest';
import { CHAT_INPUT, graph, RECIPE_OUTPUT } from '../../electron/practice/blocks/graph.ts';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { data, field, send, textAt } from '../support/wire/visitor.ts';
import { BODY_LIMIT, PICTURE } from './samples.ts';
import type { Stage } from './stage.ts';
import { conformance } from './statement.ts';

const { statement, onPractice } = conformance();
const EXEC = '/api/v1/workflow/exec';
const JSON_TYPE = { 'content-type': 'application/json' };

const echoed = async (stage: Stage, args: Readonly<Record<string, unknown>>) => {
  const { state, result } = await stage.run('echo', args);
  expect(state).toBe('success');
  return data(result);
};
const uploaded = async ({ visitor }: Stage, ...names: readonly string[]) =>
  (await visitor.upload(...names.map((name) => ({ name, bytes: PICTURE })))).map(({ fid }) => ({ fid }));

statement('4', 'a start is answered at once with the id of a job', ['slow'], async (stage) => {
  stage.hold();
  const answer = await stage.visitor.post(EXEC, {
    workflow: stage.recipe('slow'),
    args: { text: 'steps=1 delay=400' },
  });
  const started = data(answer);
  expect(started).toEqual({
    result: { status: 'JOB_STARTED', jobId: expect.any(String) as string, sender: 'omni' },
  });
  expect(await stage.visitor.stateOf(textAt(started, 'result', 'jobId'))).toBe('running');
});

statement('4', 'an unknown recipe is 500 with words', [], async ({ visitor }) => {
  for (const workflow of ['11111111-1111-1111-1111-111111111111', '', null]) {
    const answer = await visitor.post(EXEC, { workflow, args: {} });
    expect([answer.status, answer.text]).toEqual([500, '{"error":"An error occurred"}']);
  }
});

statement('4', 'a request of the wrong form is 500 with an empty object', [], async ({ origin, visitor }) => {
  const headers = { ...JSON_TYPE, cookie: visitor.cookie };
  for (const body of [
    '{"args":{}}',
    '{"workflow": ',
    '',
    '{"workflow":"x","args":"a"}',
    '{"workflow":"x","args":[]}',
  ]) {
    const answer = await send(origin, 'POST', EXEC, { headers, body });
    expect([answer.status, answer.text]).toEqual([500, '{}']);
  }
});

statement('4', 'a body may have 32 MiB and not a byte more', [], async ({ visitor }) => {
  const envelope = JSON.stringify({ workflow: '', args: { text: '' } }).length;
  const answered = async (size: number) =>
    (await visitor.post(EXEC, { workflow: '', args: { text: 'x'.repeat(size - envelope) } })).text;
  // The server read enough to find that there is no such recipe, and ignored the rest.
  expect(await answered(BODY_LIMIT)).toBe('{"error":"An error occurred"}');
  expect(await answered(BODY_LIMIT + 1)).toBe('{}');
});

statement('4', 'arguments may be absent', ['echo'], async (stage) => {
  const answer = await stage.visitor.post(EXEC, { workflow: stage.recipe('echo') });
  expect(answer.status).toBe(200);
});

statement('4', 'arguments of other names are ignored', ['echo'], async (stage) => {
  const [image] = await uploaded(stage, 'a.png');
  expect(await echoed(stage, { text: 'x', image: [image], videos: [image], document: [image] })).toMatchObject({
    text: ['x'],
    artifacts: { images: [], documents: [] },
  });
});

statement('4', 'an argument named error fails the job', ['echo'], async (stage) => {
  expect((await stage.run('echo', { text: 'x', error: 'no' })).state).toBe('error');
});

statement('4', 'a text comes back unchanged, whatever is in it', ['echo'], async (stage) => {
  const text = 'two\nlines, <b>tags</b>, ünïcödé 🐴';
  expect(await echoed(stage, { text })).toMatchObject({ text: [text] });
});

statement('4', 'a text that is JSON comes back as text and as data', ['echo'], async (stage) => {
  expect(await echoed(stage, { text: '{"a":1}' })).toMatchObject({ text: ['{"a":1}'], objects: [{ a: 1 }] });
});

statement('4', 'data comes back as a list: one object, several, or parsed from a text', ['echo'], async (stage) => {
  expect(await echoed(stage, { json: { a: 1 } })).toMatchObject({ objects: [{ a: 1 }] });
  expect(await echoed(stage, { json: [{ a: 1 }, { b: 2 }] })).toMatchObject({ objects: [{ a: 1 }, { b: 2 }] });
  expect(await echoed(stage, { json: '{"a":1}' })).toMatchObject({ objects: [{ a: 1 }] });
});

statement('4', 'a file goes in by its fid alone, as any of the four kinds', ['echo'], async (stage) => {
  const [image, audio, video, document] = await uploaded(stage, 'a.png', 'b.png', 'c.png', 'd.png');
  const result = await echoed(stage, { images: [image], audio: [audio], video: [video], documents: [document] });
  expect(field(result, 'artifacts')).toMatchObject({
    images: [image],
    audio: [audio],
    videos: [video],
    documents: [document],
  });
});

statement('4', 'files keep their order, also when one is there twice', ['echo'], async (stage) => {
  const [one, two] = await uploaded(stage, 'one.png', 'two.png');
  expect(await echoed(stage, { images: [two, one, two] })).toMatchObject({ artifacts: { images: [two, one, two] } });
});

statement('4', 'an unknown fid is dropped without a word', ['echo'], async (stage) => {
  expect(await echoed(stage, { images: [{ fid: '00,zzzzzzzzzz' }] })).toMatchObject({ artifacts: { images: [] } });
});

statement('4', 'kinds are not checked: a picture sent as audio comes back as audio', ['echo'], async (stage) => {
  const [image] = await uploaded(stage, 'a.png');
  expect(await echoed(stage, { audio: [image] })).toMatchObject({ artifacts: { audio: [{ mimeType: 'image/png' }] } });
});

statement(
  '4',
  'a recipe with one block that is not installed starts and ends in error',
  ['missingBlock'],
  async (stage) => {
    expect((await stage.run('missingBlock', { text: 'x' })).state).toBe('error');
  },
);

onPractice(
  '4',
  'a recipe with two such blocks is refused and leaves a ghost',
  'leaves a ghost for good',
  async (_, stage) => {
    const ghosts = async () => (await stage.visitor.get('/api/v1/workflow/jobs')).text.split('"ready"').length - 1;
    const before = await ghosts();
    const answer = await stage.visitor.post(EXEC, { workflow: RECIPE.ghost, args: {} });
    expect([answer.status, answer.text]).toEqual([500, '{"error":"An error occurred"}']);
    expect(await ghosts()).toBe(before + 1);
  },
);

onPractice(
  '4',
  'a text saved in the chat input counts until one is sent',
  'needs a recipe with one',
  async (practice, stage) => {
    const nodes = graph([[CHAT_INPUT, { text: 'saved' }], [RECIPE_OUTPUT]], [[1, 'text', 2, 'text']]);
    const { id } = practice.recipeBook.add(RECIPE.echo, { name: 'Saved text', nodes });
    const textFor = async (args: object): Promise<unknown> => {
      const jobId = await stage.visitor.start(id, { ...args });
      await expect.poll(() => stage.visitor.stateOf(jobId)).toBe('success');
      return field(data(await stage.visitor.result(jobId)), 'text');
    };
    expect(await textFor({})).toEqual(['saved']);
    expect(await textFor({ text: '' })).toEqual(['']);
    expect(await textFor({ text: 'sent' })).toEqual(['sent']);
  },
);
