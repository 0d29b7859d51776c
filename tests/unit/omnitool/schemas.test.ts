import { describe, expect, it } from 'vitest';
import {
  collectionReply,
  jobsReply,
  recipeReply,
  resultsReply,
  uploadReply,
} from '../../../electron/core/omnitool/schemas.ts';

const artifact = { fid: '98,82et7yirh4', fileName: 'a.png', size: 3, mimeType: 'image/png' };

describe('job list', () => {
  it('keeps states nobody knows, and leaves out entries without an id', () => {
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
  it('are empty where nothing is connected', () => {
    expect(resultsReply.parse({ job: {}, artifacts: {}, created: 5 })).toEqual({
      texts: [],
      objects: [],
      artifacts: [],
      unreadable: 0,
      createdAt: 5,
    });
  });

  it('keep everything that can be read, whatever the job says of itself', () => {
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

  it('take no file id that could lead elsewhere', () => {
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

describe('upload reply', () => {
  it('is a list, empty too; the caller counts', () => {
    expect(uploadReply.parse([])).toEqual([]);
    expect(uploadReply.safeParse({ ok: false }).success).toBe(false);
    expect(uploadReply.safeParse([{ fileName: 'x' }]).success).toBe(false);
  });
});

describe('recipes', () => {
  it('are listed without what they lack', () => {
    const { items } = collectionReply.parse({ items: [{ value: { id: 'a', name: null } }, { value: {} }, 5] });
    expect(items.count).toBe(3);
    expect(items.recipes).toEqual([{ id: 'a', name: '', description: '', author: '', owner: '', template: false }]);
  });

  it('are read with kinds missing, blocks broken and numbers for ids', () => {
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
