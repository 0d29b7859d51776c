import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_BYTES, MAX_DATA_DEPTH } from '../../../electron/contract/limits.ts';
import { runStateWords } from '../../../electron/contract/text/runs.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import type { Keychain } from '../../../electron/core/connection/keychain.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { aRun } from '../../support/a-run.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';
import { handlersOf } from '../../support/test-handlers.ts';

const EXEC = 'POST /api/v1/workflow/exec';
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();
/** Fails each write of a run's cookie in a way that no keychain is known to fail. */
let isBroken: boolean;

const starts = (): number => proxy.seen.filter((seen) => seen === EXEC).length;

beforeEach(async () => {
  server = await startPracticeServer();
  proxy = await startFaultProxy(server.origin);
  home = await makeHome();
  logger.errors.length = 0;
  isBroken = false;
  const { keychain } = home;
  const spoiled: Keychain = {
    read: (account) => keychain.read(account),
    write: (account, secret) =>
      isBroken && account.startsWith('run ')
        ? Promise.reject(new TypeError('spoiled'))
        : keychain.write(account, secret),
    remove: (account) => keychain.remove(account),
  };
  core = openCore({ folder: home.folder, keychain: spoiled }, { logger });
  await connectTo(core, proxy.origin, server.token);
});

afterEach(async () => {
  core.close();
  await proxy.close();
  await server.close();
  await home.remove();
});

/** A run of Echo as an older version may have left it, its data never checked. */
function submit(text: string, kind: 'json' | 'text', times = 1): string {
  const { profile } = core.connection.view;
  const recipe = core.catalogue.view.recipes.find(({ name }) => name === 'Echo');
  if (profile === null || recipe === undefined) throw new Error('The practice server has no Echo.');
  const id = randomUUID();
  const input = { kind, name: 'old.json', path: null, text, size: text.length, mtimeMs: null, mime: null };
  const inputs = Array.from({ length: times }, (_, position) => ({
    ...{ ...input, position, sha256: null, fid: null, fidExpires: null, copy: null },
    ...{ sendAs: null, serverName: null, madeFrom: null, field: null },
  }));
  const where = { profileId: profile.id, origin: profile.address, recipeId: recipe.id, recipeName: recipe.name };
  core.engine.submitAll([{ ...aRun(), ...where, id, takes: ['text', 'json'], inputs }]);
  return id;
}

describe('a start that fails on this machine', () => {
  it.each([
    ['data nested too deep', 'data-too-deep', () => submit(nested(5_000), 'json')],
    ['data that is no JSON', 'data-invalid', () => submit('{oops', 'json')],
    ['more than the server takes', 'start-too-large', () => submit('x'.repeat(MAX_BYTES / 2), 'text', 2)],
  ])('fails with its own reason and asks the server for nothing: %s', async (_what, reason, begin) => {
    const run = await runReaches(core, begin(), 'failed', 'unconfirmed', 'succeeded');
    expect(run).toMatchObject({ state: 'failed', reason });
    expect(runStateWords(run.state, run.reason, run.reasonDetail).sentence).not.toMatch(/server was asked|answer/);
    expect(starts()).toBe(0);
    expect(logger.errors).toEqual([]);
  });

  it('waits and is retried after an unexpected failure, and is never unconfirmed', async () => {
    isBroken = true;
    const seen: string[] = [];
    core.runs.onChange(({ run }) => seen.push(run.state));
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    await expect.poll(() => core.runs.view(core.runs.get(id)).reason).toBe('stalled');
    isBroken = false;
    await runReaches(core, id, 'succeeded');
    expect(seen).not.toContain('unconfirmed');
    expect(starts()).toBe(1);
    expect(logger.errors).toEqual([expect.stringContaining('spoiled')]);
  });
});

describe('data', () => {
  it('that is too deep to be sent is refused before a run is made', async () => {
    const call = handlersOf(core);
    const recipe = core.catalogue.view.recipes.find(({ name }) => name === 'Echo');
    await call['draft:edit']({ recipeId: recipe?.id ?? '', data: nested(5_000) });
    await expect(call['runs:start'](undefined)).rejects.toMatchObject({ code: 'attachment-problem', detail: 'Data' });
    expect(core.runs.list()).toEqual([]);
  });

  it('of the greatest depth comes back unchanged', async () => {
    const value = `{"a":${nested(MAX_DATA_DEPTH - 1)}}`;
    const id = submit(value, 'json');
    expect(await runReaches(core, id, 'succeeded', 'failed', 'empty')).toMatchObject({
      state: 'succeeded',
      gave: { objects: 1, files: 0 },
    });
    expect(core.results.find(id).objects.every((object) => object === value)).toBe(true);
  });
});

describe('texts and data together', () => {
  it('over the size of one start are refused before a run is made', async () => {
    const recipe = core.catalogue.view.recipes.find(({ name }) => name === 'Echo');
    core.draft.edit({ recipeId: recipe?.id ?? '' });
    const half = 'x'.repeat(MAX_BYTES / 2);
    await core.draft.add({ texts: [half, half] });
    await expect(handlersOf(core)['runs:start'](undefined)).rejects.toMatchObject({ code: 'start-too-large' });
    expect(core.draft.view().attachments).toHaveLength(2);
    await core.draft.add({ texts: [half + half + 'x'] });
    expect(core.draft.view().attachments.map(({ problem }) => problem)).toEqual([null, null, 'too-large']);
  });
});
