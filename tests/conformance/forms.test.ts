import { expect } from 'vitest';
import { type Block, FORM, graph, RECIPE_OUTPUT } from '../../electron/practice/blocks/graph.ts';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { data, ENDED, field, fields, list, send, textAt } from '../support/wire/visitor.ts';
import { BODY_LIMIT, PICTURE } from './samples.ts';
import type { Stage } from './stage.ts';
import { conformance } from './statement.ts';

const { statement, onPractice } = conformance();

const STORAGE = 'b64-fixed-storage-provider';
const DATA = `data:image/png;base64,${Buffer.from(PICTURE).toString('base64')}`;
const entry = (url: string, more = {}) => ({ storage: STORAGE, name: 'dot.png', url, ...more });

/** No file in any field, because a field that is left out fails the job. A server ignores the keys that it does not have. */
const NO_FILES = { pic: [], pics: [], doc: [], drawing: [], papers: [], sound: [], film: [], any: [] };

const run = (stage: Stage, args: Readonly<Record<string, unknown>>) =>
  stage.run('formValues', { ...NO_FILES, ...args });

/** The texts `[word, long, n, yes, pick]` that the fields gave. */
async function texts(stage: Stage, args: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
  const { state, result } = await run(stage, args);
  expect(state).toBe('success');
  return list(field(data(result), 'text'));
}

async function artifacts(stage: Stage, args: Readonly<Record<string, unknown>>, kind = 'images') {
  const { state, result } = await run(stage, args);
  expect(state).toBe('success');
  return list(field(field(data(result), 'artifacts'), kind));
}

const uploaded = async ({ visitor }: Stage, name = 'dot.png', bytes = PICTURE) =>
  (await visitor.upload({ name, bytes }))[0]?.fid ?? '';

statement('13.1', 'a form block says its inputs beside its schema', ['formValues'], async (stage) => {
  const loaded = data(await stage.visitor.get(`/api/v1/workflow/${stage.recipe('formValues')}`));
  const nodes = field(field(field(loaded, 'workflow'), 'rete'), 'nodes');
  const [block] = fields(nodes)
    .map((id) => field(nodes, id))
    .filter((node) => textAt(node, 'name') === 'omni-core-formio:formio.auto_ui');
  expect(field(block, 'data')).toMatchObject({
    source: expect.stringContaining('"components"') as string,
    'x-omni-dynamicInputs': { n: { default: 5, minimum: 1, maximum: 10 }, pic: { customSocket: 'image' } },
  });
});

statement('13.2', 'the values of a form are plain keys of the arguments', ['formValues'], async (stage) => {
  const given = { word: 'W', long: 'L', n: 7, yes: false, pick: 'b' };
  expect(await texts(stage, given)).toEqual(['W', 'L', '7', 'false', 'b']);
});

statement('13.2', 'a value left out is the block’s default, never the schema’s', ['formValues'], async (stage) => {
  expect(await texts(stage, {})).toEqual(['', 'from the block', '5', '', '']);
});

statement('13.2', 'null and the empty text are empty, and replace a default', ['formValues'], async (stage) => {
  for (const value of [null, '']) {
    const given = { word: value, long: value, n: value, yes: value, pick: value };
    expect(await texts(stage, given)).toEqual(['', '', '', '', '']);
  }
});

statement('13.2', 'nothing is validated', ['formValues'], async (stage) => {
  expect(await texts(stage, { n: 99, pick: 'zzz' })).toEqual(['', 'from the block', '99', '', 'zzz']);
  expect(await texts(stage, { n: 'abc' })).toContain('abc');
});

statement('13.2', 'a number may be sent as text, and a text as a number or a list', ['formValues'], async (stage) => {
  const [word, long, n] = await texts(stage, { word: 42, long: ['a', 'b'], n: '7' });
  expect([word, long, n]).toEqual(['42', 'a\nb', '7']);
});

statement('13.2', 'the text "false" ticks a checkbox', ['formValues'], async (stage) => {
  for (const yes of [true, 'false']) expect((await texts(stage, { yes }))[3]).toBe('true');
});

statement('13.2', 'keys that are no input are ignored', ['formValues'], async (stage) => {
  expect(await texts(stage, { word: 'W', submit: true, other: 'x', lost: 'y' })).toContain('W');
});

statement('13.2', 'a key named error fails the job, without an error event', ['formValues'], async (stage) => {
  const { state, messages } = await stage.replay('formValues', { ...NO_FILES, word: 'W', error: 'x' });
  expect(state).toBe('error');
  expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
});

statement('13.3', 'a file goes in as a data address', ['formValues'], async (stage) => {
  expect(await artifacts(stage, { pic: [entry(DATA, { type: 'image/png' })] })).toMatchObject([
    { fileName: 'dot.png', size: PICTURE.length, mimeType: 'image/png' },
  ]);
});

statement('13.3', 'an earlier upload goes in by its fid address, without a copy', ['formValues'], async (stage) => {
  const fid = await uploaded(stage);
  expect(await artifacts(stage, { pic: [entry(`fid://${fid}`)] })).toMatchObject([{ fid }]);
});

statement('13.3', 'an earlier upload goes in by its address on the server', ['formValues'], async (stage) => {
  const fid = await uploaded(stage);
  const url = `${stage.origin}/fid/${fid}`;
  expect(await artifacts(stage, { pic: [entry(url)] })).toMatchObject([{ size: PICTURE.length }]);
});

statement('13.3', 'an unknown fid, a path, and a fid with an extension fail the job', ['formValues'], async (stage) => {
  const fid = await uploaded(stage);
  for (const url of ['fid://00,zzzzzzzzzz', `/fid/${fid}`, `fid://${fid}.png`]) {
    expect({ url, state: (await run(stage, { pic: [entry(url)] })).state }).toEqual({ url, state: 'error' });
  }
});

statement('13.3', 'entries in any other form are dropped without an error', ['formValues'], async (stage) => {
  const fid = await uploaded(stage);
  const other = { storage: 'fid-storage-provider', name: 'dot.png', url: `${stage.origin}/fid/${fid}` };
  for (const pic of [[{ fid }], [other], [`fid://${fid}`]]) expect(await artifacts(stage, { pic })).toEqual([]);
});

statement('13.3', 'a file field left out, or no list, fails the job', ['formValues'], async (stage) => {
  for (const pic of [undefined, entry(DATA)]) {
    const { state, messages } = await stage.replay('formValues', { ...NO_FILES, pic });
    expect(state).toBe('error');
    expect(JSON.stringify(messages)).toContain('payloadValue[key] is not iterable');
  }
});

statement('13.3', 'an empty list, null and the empty text are no file', ['formValues'], async (stage) => {
  for (const pic of [[], null, '']) expect(await artifacts(stage, { pic })).toEqual([]);
});

statement('13.3', 'of two files only the first reaches an input for one', ['formValues'], async (stage) => {
  const [one, two] = [await uploaded(stage, 'one.png'), await uploaded(stage, 'two.png')];
  const pic = [entry(`fid://${one}`), entry(`fid://${two}`)];
  expect(await artifacts(stage, { pic })).toMatchObject([{ fid: one }]);
});

statement('13.3', 'with a declared type of text the address becomes the text', ['formValues'], async (stage) => {
  const url = 'data:text/plain;base64,aGVsbG8gZG9j';
  const doc = [{ storage: STORAGE, name: 'n.txt', type: 'text/plain', url }];
  const [file] = await artifacts(stage, { doc }, 'documents');
  const stored = await send(stage.origin, 'GET', `/fid/${textAt(file, 'fid')}`);
  expect(stored.text).toBe(url);
});

statement('13.3', 'without a type a text file keeps its bytes', ['formValues'], async (stage) => {
  const doc = [{ storage: STORAGE, name: 'n.txt', url: 'data:text/plain;base64,aGVsbG8gZG9j' }];
  expect(await artifacts(stage, { doc }, 'documents')).toMatchObject([{ fileName: 'n.txt', size: 9 }]);
});

statement('13.3', 'another declared type is believed', ['formValues'], async (stage) => {
  const pic = [entry(DATA, { type: 'image/webp' })];
  expect(await artifacts(stage, { pic })).toMatchObject([{ size: PICTURE.length, mimeType: 'image/webp' }]);
});

statement('13.3', 'broken base64 and an empty address are a file of no bytes', ['formValues'], async (stage) => {
  for (const url of ['', 'data:image/png;base64,%%%']) {
    expect(await artifacts(stage, { pic: [entry(url)] })).toMatchObject([{ size: 0 }]);
  }
});

statement('13.3', 'base64 counts towards the largest body, an upload does not', ['formValues'], async (stage) => {
  const large = `data:image/png;base64,${'A'.repeat(BODY_LIMIT)}`;
  const body = { workflow: stage.recipe('formValues'), args: { ...NO_FILES, pic: [entry(large)] } };
  const refused = await stage.visitor.post('/api/v1/workflow/exec', body);
  expect([refused.status, refused.text]).toEqual([500, '{}']);
});

statement('13.3', 'an array socket takes fids as a chat does, and may be left out', ['formValues'], async (stage) => {
  const [one, two] = [{ fid: await uploaded(stage) }, { fid: await uploaded(stage) }];
  expect(await artifacts(stage, { pics: [one, two] })).toMatchObject([one, two]);
  expect(await artifacts(stage, { pics: [entry(DATA)] })).toEqual([]);
  expect(await artifacts(stage, { pics: undefined })).toEqual([]);
});

onPractice(
  '13.1',
  'what follows a form that is off gets empty values',
  'needs such a recipe',
  async (practice, stage) => {
    const known = practice.recipeBook.find(RECIPE.everyField)?.nodes ?? {};
    const off = Object.values(known).map((node) => {
      const isForm = node.name === 'omni-core-formio:formio.auto_ui';
      return [node.id, isForm ? { ...node, data: { ...node.data, xOmniEnabled: false } } : node] as const;
    });
    const { id } = practice.recipeBook.add(RECIPE.everyField, { name: 'Off', nodes: Object.fromEntries(off) });
    const jobId = await stage.visitor.start(id, { word: 'W', n: 7 });
    await expect.poll(() => stage.visitor.stateOf(jobId)).toBe('success');
    const result = data(await stage.visitor.result(jobId));
    expect(field(result, 'text')).toEqual(['', '', '', '', '']);
    expect(field(result, 'artifacts')).toMatchObject({ images: [], documents: [] });
  },
);

onPractice('13.3', 'each kind of list takes fids', 'needs a form with such lists', async (practice, stage) => {
  const { visitor } = stage;
  const sockets = ['imageArray', 'audioArray', 'videoArray', 'documentArray', 'fileArray'];
  const inputs = Object.fromEntries(sockets.map((socket) => [socket, { name: socket, customSocket: socket }]));
  const form: Block = [FORM, { source: { components: [] }, 'x-omni-dynamicInputs': inputs }];
  const wires = sockets.map((socket) => [1, socket, 2, 'files'] as const);
  const { id } = practice.recipeBook.add(RECIPE.echo, { name: 'Lists', nodes: graph([form, [RECIPE_OUTPUT]], wires) });
  const fid = await uploaded(stage);
  const jobId = await visitor.start(id, Object.fromEntries(sockets.map((socket) => [socket, [{ fid }, entry(DATA)]])));
  await expect.poll(() => visitor.stateOf(jobId)).toBe('success');
  const { files } = { files: field(field(data(await visitor.result(jobId)), 'artifacts'), 'files') };
  expect(files).toMatchObject(sockets.map(() => ({ fid })));
});

onPractice('13.2', 'a form and a chat read the same value', 'needs a recipe with both', async (_, stage) => {
  const by = await stage.enter();
  const stream = await stage.listen(by);
  await by.start(RECIPE.caption, { text: 'two words' });
  await stream.hears('job_state', 'job_finished');
  await stream.close();
  expect(JSON.stringify(stream.messages)).toContain('message: 2 words');
});

onPractice('13.3', 'a list input takes all files', 'needs a form with a list of files', async (_, { visitor }) => {
  const papers = [entry(DATA), entry(DATA)];
  const jobId = await visitor.start(RECIPE.everyField, { ...NO_FILES, papers });
  await expect.poll(() => visitor.stateOf(jobId)).toSatisfy((state: string | undefined) => ENDED.includes(state));
  const [report] = list(field(data(await visitor.result(jobId)), 'objects'));
  expect(field(report, 'papers')).toHaveLength(2);
  // Saved in the block: a text, a checkbox, and an address that stands in for a picture.
  expect(report).toMatchObject({ note: 'saved in the block', _on: 'true', sample: [] });
});
