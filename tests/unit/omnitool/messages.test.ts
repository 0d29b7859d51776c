import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../electron/core/omnitool/messages.ts';

const file = { fid: '98,82et7yirh4', fileName: 'a.png', size: 3, mimeType: 'image/png' };
const artifact = { ...file, list: 'images', width: null, height: null, expires: null };
const said = (body: unknown) => readMessage({ type: 'chat:system', from: 'omni', sender: '', body });
const content = (value: unknown, type = 'text/markdown') => ({ content: [{ value, type }] });
const nothing = { objects: [], artifacts: [], unreadable: 0, unkeptValues: 0 };

describe('chat', () => {
  it('is a list of texts', () => {
    expect(said(content(['line 1\nline 2', '**b**']))).toEqual([
      { type: 'chat', texts: ['line 1\nline 2', '**b**'], format: 'markdown', ...nothing },
    ]);
  });

  it('may be one plain text', () => {
    expect(said(content('one'))).toEqual([{ type: 'chat', texts: ['one'], format: 'markdown', ...nothing }]);
    expect(said(content(['one'], 'text/plain'))).toEqual([
      { type: 'chat', texts: ['one'], format: 'plain', ...nothing },
    ]);
  });

  it('shows a value that is not text as JSON', () => {
    expect(said(content([5, { a: 1n }, null]))).toMatchObject([{ texts: ['5', '{"a":"1"}'] }]);
  });

  it('holds files and objects without absent and empty ones', () => {
    const attachments = {
      object: [{ a: 1 }, 5],
      audio: undefined,
      documents: '',
      files: null,
      images: [file, { fileName: 'no id' }, file],
      videos: [],
    };
    expect(said({ ...content(['x']), attachments })).toEqual([
      {
        ...{ type: 'chat', texts: ['x'], format: 'markdown', objects: [{ a: 1 }, 5], artifacts: [artifact] },
        ...{ unreadable: 1, unkeptValues: 0 },
      },
    ]);
  });

  it('may be a picture without text', () => {
    expect(said({ attachments: { images: file } })).toEqual([
      { type: 'chat', texts: [], format: 'plain', ...nothing, artifacts: [artifact] },
    ]);
  });

  it('counts a cyclic object as a value that cannot be kept', () => {
    const self: Record<string, unknown> = {};
    self.self = self;
    expect(said({ ...content(['x']), attachments: { object: [self] } })).toMatchObject([
      { objects: [], unreadable: 0, unkeptValues: 1 },
    ]);
  });

  it.each([[content([''])], [content([])], [{ content: [], attachments: { images: [] } }], [{}]])(
    'without anything in it is nothing: %j',
    (body) => {
      expect(said(body)).toEqual([]);
    },
  );
});

it('a plain string with the flags of a recipe’s message is chat', () => {
  const body = content('one', 'text/plain');
  expect(readMessage({ type: 'chat:system', flags: ['no-picture'], body })).toEqual([
    { type: 'chat', texts: ['one'], format: 'plain', ...nothing },
  ]);
});

describe('a notice of the server', () => {
  const token = 'Generated token: eyJhbGciOiJIUzI1NiJ9.e30.c2ln';

  it('is not an answer of a recipe', () => {
    expect(said(content('You are welcome', 'text/plain'))).toEqual([{ type: 'other', name: 'chat:system' }]);
  });

  it.each([
    [content(token, 'text/plain')],
    [content([token])],
    [content(token)],
    [{ ...content([token, 'x']), attachments: { images: [file] } }],
  ])('never brings its token: %j', (body) => {
    expect(JSON.stringify(said(body))).not.toContain('eyJ');
  });
});

describe('a job event', () => {
  const body = {
    jobId: 'job-1',
    state: 'running',
    activeNode: [2, 'x'],
    activeNodeName: 'omnitool.chat_input',
    workflowId: 'recipe-1',
    meta: { name: 'One' },
    errors: [],
  };

  it('has its block and its recipe', () => {
    expect(readMessage({ type: 'job:update', body })).toEqual([
      {
        type: 'job-update',
        jobId: 'job-1',
        state: 'running',
        activeNodes: ['2', 'x'],
        activeBlock: 'omnitool.chat_input',
        recipeId: 'recipe-1',
        recipeName: 'One',
        failures: [],
      },
    ]);
  });

  it('needs only the job and its state', () => {
    expect(
      readMessage({ type: 'job:update', body: { jobId: 'job-1', state: 'dreaming', meta: 5, errors: 'x' } }),
    ).toEqual([
      {
        type: 'job-update',
        jobId: 'job-1',
        state: 'dreaming',
        activeNodes: [],
        activeBlock: null,
        recipeId: null,
        recipeName: '',
        failures: [],
      },
    ]);
    expect(readMessage({ type: 'job:update', body: { jobId: 'job-1' } })).toBeNull();
  });

  it('has each failure once, with its message from any field', () => {
    const missing = {
      nodeId: 2,
      nodeName: 'nosuch.block',
      message: 'Component nosuch.block does not exist',
      details: 'error',
    };
    const errors = [missing, missing, { details: new Error('soft') }, { nodeId: 3, message: new Error('thrown') }, 5];
    expect(readMessage({ type: 'job:error', body: { ...body, errors } })).toMatchObject([
      {
        type: 'job-error',
        failures: [
          { nodeId: '2', block: 'nosuch.block', message: 'Component nosuch.block does not exist' },
          { nodeId: null, block: null, message: 'soft' },
          { nodeId: '3', block: null, message: 'thrown' },
        ],
      },
    ]);
  });

  it('reports blocks and the end', () => {
    const state = (event: string, args: unknown, more = {}) =>
      readMessage({ type: 'job_state', body: { event, args, ...more } });
    expect(state('job_started', { job_id: 'j' }, { workflowId: 'r' })).toEqual([
      { type: 'job-started', jobId: 'j', recipeId: 'r' },
    ]);
    expect(state('node_started', { job_id: 'j', node_id: 1 })).toEqual([
      { type: 'node-started', jobId: 'j', nodeId: '1' },
    ]);
    expect(state('node_finished', { job_id: 'j', node_id: 'a' })).toEqual([
      { type: 'node-finished', jobId: 'j', nodeId: 'a' },
    ]);
    expect(state('job_finished', { job_id: 'j' })).toEqual([{ type: 'job-finished', jobId: 'j' }]);
    expect(state('job_paused', { job_id: 'j' })).toEqual([{ type: 'other', name: 'job_paused' }]);
    expect(state('node_started', { job_id: 'j' })).toBeNull();
    expect(state('job_finished', {})).toBeNull();
  });

  it('may lack the job: a block failed', () => {
    const failed = { node_id: 2, error: 'no luck', componentKey: 'ext:block' };
    expect(readMessage({ type: 'error', body: failed })).toEqual([
      { type: 'block-failed', nodeId: '2', block: 'ext:block', message: 'no luck' },
    ]);
    expect(readMessage({ type: 'error', body: {} })).toEqual([
      { type: 'block-failed', nodeId: null, block: null, message: '' },
    ]);
  });
});

describe('other messages', () => {
  it.each([
    [
      { type: 'client:toast', body: { message: 'File created: u.png' } },
      { type: 'toast', message: 'File created: u.png' },
    ],
    [{ type: 'keepalive', body: {} }, { type: 'keepalive' }],
    [{ type: 'close', body: { reason: 'new_connection' } }, { type: 'replaced' }],
    [
      { type: 'chat', body: content('Welcome') },
      { type: 'other', name: 'chat' },
    ],
    [{ type: 'constructor' }, { type: 'other', name: 'constructor' }],
  ])('%j', (message, event) => {
    expect(readMessage(message)).toEqual([event]);
  });

  it('have names of limited length only', () => {
    expect(readMessage({ type: 'x'.repeat(5_000) })).toEqual([{ type: 'other', name: 'x'.repeat(100) }]);
  });

  it.each([null, 5, 'keepalive', [], {}, { type: 5 }, { type: 'job_state' }, { type: 'client:toast' }])(
    'that cannot be parsed: %j',
    (message) => {
      expect(readMessage(message)).toBeNull();
    },
  );
});
