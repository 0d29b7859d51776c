import { describe, expect, it } from 'vitest';
import { jobsReply, resultsReply, uploadReply } from '../../../electron/core/omnitool/schemas.ts';
import { recipeReply } from '../../../electron/core/omnitool/recipe-schema.ts';

const artifact = { fid: '98,82et7yirh4', fileName: 'a.png', size: 3, mimeType: 'image/png' };

describe('job list', () => {
  it('keeps unknown states, and leaves out entries without an id', () => {
    const { jobs } = jobsReply.parse({
      jobs: [{ id: 'a', state: 'dreaming', user: 'u' }, { state: 'running' }, null],
      more: 1,
    });
    expect(jobs).toEqual([{ id: 'a', state: 'dreaming', user: 'u' }]);
  });

  it.each([{}, { jobs: null }, { ok: false }, [], 'Authentication failed'])('is not %j', (body) => {
    expect(jobsReply.safeParse(body).success).toBe(false);
  });
});

describe('results', () => {
  it('are empty when nothing is connected', () => {
    expect(resultsReply.parse({ job: {}, artifacts: {}, created: 5 })).toEqual({
      texts: [],
      objects: [],
      artifacts: [],
      unreadable: 0,
      unkeptValues: 0,
      createdAt: 5,
    });
  });

  it('keep every readable part in any state of the job', () => {
    const results = resultsReply.parse({
      job: { success: true, errors: null },
      text: ['a', 5, { b: 1 }],
      objects: [{ c: 1 }, 42],
      artifacts: {
        images: [
          { ...artifact, meta: { width: 64, height: 48 }, expires: 9_007_199_254_740_991 },
          { fileName: 'no id' },
        ],
        audio: null,
        holograms: [artifact],
      },
    });
    expect(results.texts).toEqual(['a', '5', '{"b":1}']);
    expect(results.objects).toEqual([{ c: 1 }, 42]);
    expect(results.unreadable).toBe(1);
    expect(results.artifacts).toEqual([
      { ...artifact, list: 'images', width: 64, height: 48, expires: 9_007_199_254_740_991 },
    ]);
  });

  it('ignore an invalid size, and round numbers that only describe a file', () => {
    const bad = [2.5, -1, 1e300, 2 ** 53, '3', null].map((size) => ({ ...artifact, size }));
    const odd = { ...artifact, meta: { width: 2.5, height: 1e300 }, expires: 1_796_059_999_636.7 };
    expect(resultsReply.parse({ job: {}, artifacts: { files: [...bad, odd] } })).toMatchObject({
      artifacts: [{ size: 3, width: 3, height: null, expires: 1_796_059_999_637 }],
      unreadable: bad.length,
    });
  });

  it('ignore a file id that could change the URL', () => {
    const bad = ['../version', '..', '', 'a/b', 'a?b', 'a b', 5].map((fid) => ({ ...artifact, fid }));
    expect(resultsReply.parse({ job: {}, artifacts: { files: bad } })).toMatchObject({
      artifacts: [],
      unreadable: bad.length,
    });
  });

  it.each([{}, { error: 'Job not found' }, { ok: false }, null, []])('are not %j', (body) => {
    expect(resultsReply.safeParse(body).success).toBe(false);
  });
});

describe('files of a result', () => {
  it('are one artifact each, even when several outputs list them', () => {
    const other = { ...artifact, fid: '11,tz8hnpms3x', fileName: 'b.png' };
    const results = resultsReply.parse({
      job: {},
      artifacts: { audio: [artifact], images: [artifact, other, artifact], files: [other] },
    });
    expect(results.artifacts.map(({ fid, list }) => [fid, list])).toEqual([
      ['98,82et7yirh4', 'images'],
      ['11,tz8hnpms3x', 'images'],
    ]);
    expect(results.unreadable).toBe(0);
  });

  it('keep their list and their type', () => {
    const { artifacts } = resultsReply.parse({ job: {}, artifacts: { audio: [artifact] } });
    expect(artifacts).toMatchObject([{ list: 'audio', mimeType: 'image/png' }]);
  });

  it('may come without a list', () => {
    expect(resultsReply.parse({ job: {}, artifacts: { images: artifact } }).artifacts).toHaveLength(1);
  });
});

describe('an output that', () => {
  it.each([
    ['is not connected', {}, []],
    ['got nothing', { text: [''] }, ['']],
    ['got null', { text: null }, []],
    ['gave one text', { text: 'one' }, ['one']],
  ])('%s', (_what, reply, texts) => {
    expect(resultsReply.parse({ job: {}, artifacts: {}, ...reply }).texts).toEqual(texts);
  });

  it.each([
    ['is not connected', {}],
    ['got nothing', { objects: null, artifacts: { images: [], audio: null, videos: '' } }],
  ])('%s gives neither object nor file', (_what, reply) => {
    expect(resultsReply.parse({ job: {}, artifacts: {}, ...reply })).toMatchObject({
      objects: [],
      artifacts: [],
      unreadable: 0,
    });
  });

  it('counts values that are nested too deep, but not as files', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(resultsReply.parse({ job: {}, text: [deep, 'x'], objects: [deep, { a: 1 }] })).toMatchObject({
      texts: ['x'],
      objects: [{ a: 1 }],
      unreadable: 0,
      unkeptValues: 2,
    });
  });
});

describe('upload reply', () => {
  it('is a list, also an empty one', () => {
    expect(uploadReply.parse([])).toEqual([]);
    expect(uploadReply.safeParse({ ok: false }).success).toBe(false);
    expect(uploadReply.safeParse([{ fileName: 'x' }]).success).toBe(false);
  });
});

describe('recipes', () => {
  it('have their page number and picture', () => {
    const meta = { name: 'One', pictureUrl: 'photographer.png', created: 1, updated: 2 };
    const workflow = { id: 'r', meta, ui: { formIO: { enabled: true }, chat: 5 }, rete: { nodes: {} } };
    expect(recipeReply.parse({ flags: ['public', 'readonly'], workflow })).toMatchObject({
      name: 'One',
      mine: false,
      pictureUrl: 'photographer.png',
      createdAt: 1,
      updatedAt: 2,
      ui: { chat: false, form: true },
      unreadableNodes: 0,
    });
    const picture = { ...meta, pictureUrl: `data:image/png;base64,${'A'.repeat(5_000)}` };
    expect(recipeReply.parse({ workflow: { ...workflow, meta: picture } }).pictureUrl).toBeNull();
  });

  it('are parsed with missing kinds, broken blocks and numeric ids', () => {
    const recipe = recipeReply.parse({
      workflow: {
        id: 'r',
        rete: {
          nodes: {
            1: {
              name: 'omnitool.chat_input',
              outputs: { text: { connections: [{ node: 2 }] }, images: {}, audio: null },
            },
            2: { id: 2, name: 'omnitool.recipe_output', data: { xOmniEnabled: false }, inputs: 5 },
            3: { data: {} },
          },
        },
      },
    });
    expect(recipe).toMatchObject({ id: 'r', name: '', mine: false, updatedAt: null, tags: [] });
    expect(recipe).toMatchObject({ pictureUrl: null, createdAt: null, ui: { chat: false, form: false } });
    // The third has no name, so what it does is unknown.
    expect(recipe.unreadableNodes).toBe(1);
    expect(recipe.nodes).toEqual([
      {
        id: '1',
        name: 'omnitool.chat_input',
        data: {},
        inputs: {},
        outputs: { text: { connections: [{ node: '2' }] }, images: { connections: [] }, audio: { connections: [] } },
      },
      { id: '2', name: 'omnitool.recipe_output', data: { xOmniEnabled: false }, inputs: {}, outputs: {} },
    ]);
  });
});
