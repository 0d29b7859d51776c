import { expect } from 'vitest';
import type { Message, Stream } from '../support/wire/stream.ts';
import { data, field, list, textAt } from '../support/wire/visitor.ts';
import type { Stage } from './stage.ts';
import { conformance } from './statement.ts';

const { statement, onPractice } = conformance({ keepalive: 100 });

/** The type of a message in short: `job:update running`, `job_state node_started`, `error`. */
function kindOf({ type, body }: Message): string {
  const more = type === 'job_state' ? field(body, 'event') : type === 'job:update' ? field(body, 'state') : '';
  return `${type} ${String(more)}`.trim();
}
const kinds = (messages: readonly Message[]) => messages.map(kindOf);
const ofType = (messages: readonly Message[], type: string) => messages.filter((message) => message.type === type);
const bodies = (messages: readonly Message[], kind: string) =>
  messages.filter((message) => kindOf(message) === kind).map(({ body }) => body);
const withStream = async (stage: Stage, query: string, use: (stream: Stream) => Promise<void>) => {
  const stream = await stage.listen(await stage.enter(), query);
  await use(stream);
  await stream.close();
};

statement('9', 'the stream is text/event-stream, without a cookie, and begins with its retry time', [], (stage) =>
  withStream(stage, '?reconnect=1', async (stream) => {
    await stream.until(({ text }) => text.includes('\n\n'));
    expect(stream.headers['content-type']).toMatch(/^text\/event-stream/);
    expect(stream.headers).not.toHaveProperty('set-cookie');
    expect(stream.text).toMatch(/^retry: \d+\n\n/);
  }),
);

statement('9', 'the id of every event is sse, and none has a name', [], (stage) =>
  withStream(stage, '', async (stream) => {
    await stream.hears('chat');
    const lines = stream.text.split('\n').filter((line) => line !== '' && !/^(data|retry):/.test(line));
    expect(new Set(lines)).toEqual(new Set(['id: sse']));
  }),
);

statement('9', 'without ?reconnect=1 a welcome message of its own type comes first', [], (stage) =>
  withStream(stage, '', async (stream) => {
    await stream.hears('chat');
    expect(stream.messages[0]).toMatchObject({ type: 'chat', from: 'omni' });
  }),
);

onPractice('9', 'a keepalive comes again and again', 'takes two minutes', (_, stage) =>
  withStream(stage, '?reconnect=1', async (stream) => {
    await stream.until(({ messages }) => ofType(messages, 'keepalive').length >= 2);
    expect(ofType(stream.messages, 'keepalive')[0]).toEqual({ type: 'keepalive', body: {} });
  }),
);

statement(
  '9.1',
  'data is a flattened clone: a list of [type, value] with the message first',
  ['echo'],
  async (stage) => {
    const by = await stage.enter();
    const stream = await stage.listen(by);
    await by.start(stage.recipe('echo'), { text: 'x' });
    await stream.hears('job_state', 'job_finished');
    await stream.close();
    const lines = stream.text.match(/^data: .*$/gm) ?? [];
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const entries = list(JSON.parse(line.slice('data: '.length))).map(list);
      expect(entries[0]?.[0]).toBe(2);
      for (const [type] of entries) expect([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8]).toContain(type);
    }
  },
);

statement('9.2', 'a run is reported from running to success, and job_finished comes last', ['echo'], async (stage) => {
  const told = kinds((await stage.hear('echo', { text: 'x' })).messages.filter(({ type }) => type.startsWith('job')));
  expect(told.at(-1)).toBe('job_state job_finished');
  const states = told.filter((kind) => kind.startsWith('job:update'));
  expect([states.at(0), states.at(-1)]).toEqual(['job:update running', 'job:update success']);
});

statement('9.2', 'an update names job, recipe, state, blocks at work and errors', ['echo'], async (stage) => {
  const { jobId, messages } = await stage.hear('echo', { text: 'x' });
  const [first] = bodies(messages, 'job:update running');
  expect(first).toMatchObject({ jobId, state: 'running', workflowId: stage.recipe('echo'), errors: [] });
  expect(textAt(first, 'meta', 'name')).not.toBe('');
  expect(list(field(first, 'activeNode'))).toEqual([]);
});

statement('9.2', 'an update names the block at work', ['echo'], async (stage) => {
  const updates = bodies((await stage.hear('echo', { text: 'x' })).messages, 'job:update running');
  const names = updates.map((body) => field(body, 'activeNodeName'));
  for (const name of ['omnitool.chat_input', 'omnitool.recipe_output']) expect(names).toContain(name);
});

statement('9.2', 'every block is reported when it starts and when it ends', ['echo'], async (stage) => {
  const { jobId, messages } = await stage.hear('echo', { text: 'x' });
  for (const event of ['node_started', 'node_finished']) {
    const nodes = bodies(messages, `job_state ${event}`).map((body) => field(body, 'args'));
    expect(nodes).toHaveLength(2);
    for (const args of nodes) expect(args).toMatchObject({ job_id: jobId, node_id: expect.any(Number) as number });
  }
});

statement(
  '12',
  'of blocks side by side the one that began last is listed first and named last',
  ['failsAfter', 'twoOutputs'],
  async (stage) => {
    for (const key of ['failsAfter', 'twoOutputs'] as const) {
      const { messages } = await stage.hear(key, { text: 'x' });
      const begun = bodies(messages, 'job_state node_started').map((body) => field(field(body, 'args'), 'node_id'));
      const beside = bodies(messages, 'job:update running')
        .map((body) => ({ nodes: list(field(body, 'activeNode')), name: field(body, 'activeNodeName') }))
        .filter(({ nodes }) => nodes.length > 1);
      expect(beside).not.toHaveLength(0);
      for (const { nodes } of beside) expect(nodes).toEqual(begun.filter((node) => nodes.includes(node)).reverse());
      const named = beside.filter(({ name }) => typeof name === 'string').at(-1);
      const recipe = data(await stage.visitor.get(`/api/v1/workflow/${stage.recipe(key)}`));
      expect(named?.name).toBe(textAt(recipe, 'workflow', 'rete', 'nodes', String(named?.nodes[0]), 'name'));
    }
  },
);

statement('9.2', 'job_finished does not say how the job ended', ['failsBefore'], async (stage) => {
  const [body] = bodies((await stage.hear('failsBefore', { text: 'x' })).messages, 'job_state job_finished');
  expect(body).not.toHaveProperty('state');
  expect(body).not.toHaveProperty('errors');
});

statement('9.3', 'a block that throws causes an error event, without the job', ['failsBefore'], async (stage) => {
  const { messages } = await stage.hear('failsBefore', { text: 'x' });
  const [event] = ofType(messages, 'error');
  expect(event?.body).toMatchObject({ type: 'error', node_id: expect.any(Number) as number });
  for (const key of ['error', 'componentKey']) expect(textAt(event, 'body', key)).not.toBe('');
  expect(field(event, 'body')).not.toHaveProperty('jobId');
});

statement('9.3', 'job:error has the job, the block and the message', ['failsBefore'], async (stage) => {
  const { jobId, messages } = await stage.hear('failsBefore', { text: 'x' });
  const [event] = ofType(messages, 'job:error');
  expect(event?.body).toMatchObject({ jobId, errors: [{ nodeId: expect.any(Number) as number }] });
  for (const key of ['nodeName', 'message']) expect(textAt(event, 'body', 'errors', 0, key)).not.toBe('');
});

statement('9.3', 'the last update of a failed job says error and why', ['failsBefore'], async (stage) => {
  const { messages } = await stage.hear('failsBefore', { text: 'x' });
  const last = ofType(messages, 'job:update').at(-1);
  expect(last?.body).toMatchObject({ state: 'error' });
  expect(list(field(last?.body, 'errors'))).not.toHaveLength(0);
});

statement('9.3', 'a failed block is also reported as finished', ['failsBefore'], async (stage) => {
  const { messages } = await stage.hear('failsBefore', { text: 'x' });
  const failed = field(ofType(messages, 'error')[0]?.body, 'node_id');
  const finished = bodies(messages, 'job_state node_finished').map((body) => field(field(body, 'args'), 'node_id'));
  expect(finished).toContain(failed);
});

statement('9.3', 'a block that returns its error sends no error event, but job:error', ['softFail'], async (stage) => {
  const { messages } = await stage.hear('softFail', { text: 'x' });
  expect(ofType(messages, 'error')).toEqual([]);
  expect(textAt(ofType(messages, 'job:error')[0], 'body', 'errors', 0, 'message')).not.toBe('');
});

statement('9.3', 'a block that is not installed is reported with this message', ['missingBlock'], async (stage) => {
  const { messages } = await stage.hear('missingBlock', { text: 'x' });
  const error = ofType(messages, 'job:error')[0];
  const name = textAt(error, 'body', 'errors', 0, 'nodeName');
  expect(textAt(error, 'body', 'errors', 0, 'message')).toBe(`Component ${name} does not exist`);
});

statement('9.3', 'an error may be listed more than once', ['missingBlock'], async (stage) => {
  const { messages } = await stage.hear('missingBlock', { text: 'x' });
  const errors = list(field(ofType(messages, 'job:update').at(-1)?.body, 'errors'));
  const texts = errors.map((error) => textAt(error, 'message'));
  expect(new Set(texts).size).toBeLessThan(texts.length);
});

statement('9.3', 'a stopped run is told as forceStop, then stopped, then finished', ['slow'], async (stage) => {
  const by = await stage.enter();
  const stream = await stage.listen(by);
  stage.hold();
  const jobId = await by.start(stage.recipe('slow'), { text: 'steps=2 delay=400' });
  await stream.hears('job_state', 'node_finished');
  await by.post('/api/v1/workflow/stop', { jobId });
  stage.letGo();
  await stream.hears('job_state', 'job_finished');
  await stream.close();
  const told = kinds(stream.messages).filter((kind) => /forceStop|stopped|job_finished/.test(kind));
  expect(told).toEqual([
    'job:update forceStop',
    'job:update forceStop',
    'job:update stopped',
    'job_state job_finished',
  ]);
});

statement('9.3', 'a stored file is told as a toast', [], async (stage) => {
  const by = await stage.enter();
  const stream = await stage.listen(by);
  await by.upload({ name: 'toasted.txt', bytes: new Uint8Array([65]) });
  await stream.until(({ messages }) =>
    ofType(messages, 'client:toast').some((m) => textAt(m, 'body', 'message').includes('toasted')),
  );
  await stream.close();
  expect(ofType(stream.messages, 'client:toast').at(-1)?.body).toMatchObject({ message: 'File created: toasted.txt' });
});

statement(
  '12',
  'of the job_state events only job_started and node_started name the recipe',
  ['echo'],
  async (stage) => {
    const { messages } = await stage.hear('echo', { text: 'x' });
    const naming = ofType(messages, 'job_state').filter(({ body }) => field(body, 'workflowId') !== undefined);
    expect(new Set(naming.map(({ body }) => field(body, 'event')))).toEqual(new Set(['job_started', 'node_started']));
  },
);

statement('12', 'job:error may come before the block has started', ['missingBlock'], async (stage) => {
  const told = kinds((await stage.hear('missingBlock', { text: 'x' })).messages);
  expect(told.indexOf('job:error')).toBeLessThan(told.indexOf('job_state node_started'));
});
