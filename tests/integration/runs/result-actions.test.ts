import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../../electron/core/app/core.ts';
import { resultPart, useInDraft } from '../../../electron/core/app/result-actions.ts';
import { curlScript } from '../../../electron/core/export/curl.ts';
import { saveText } from '../../../electron/core/export/saver.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { connectTo, makeHome, openCore, runReaches, startRecipe, type TestHome } from '../../support/test-core.ts';
import { handlersOf } from '../../support/test-handlers.ts';

let server: PracticeServer;
let faults: FaultProxy;
let home: TestHome;
let core: Core;

beforeEach(async () => {
  server = await startPracticeServer();
  faults = await startFaultProxy(server.origin);
  home = await makeHome();
  core = openCore(home);
  await connectTo(core, faults.origin, server.token);
});
afterEach(async () => {
  core.close();
  await faults.close();
  await server.close();
  await home.remove();
});

/** Runs a recipe to its end; the id of the run. */
async function ran(name: string, paths: readonly string[], message = ''): Promise<string> {
  const { id } = await startRecipe(core, name, paths, message);
  await runReaches(core, id, 'succeeded', 'failed', 'empty');
  return id;
}

describe('the script for curl', () => {
  /** As a person runs it: with a shell and curl, and the token in the environment. */
  async function shell(script: string, token = server.token) {
    const child = spawn('sh', ['-s'], { env: { PATH: process.env.PATH, OMNITOOL_TOKEN: token } });
    child.stdin.end(script);
    const ended = once(child, 'exit');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = (await ended) as [number | null];
    return { out, err, code };
  }

  it('uploads, starts, waits and prints the result, with files of any name', async () => {
    const paths = [await home.file(`it's "1"; $(id)\n%s ü.txt`, 'one two'), await home.file('plain.txt', 'three')];
    const id = await ran('Echo', paths, `say 'hi' & "bye" $HOME \\n`);
    const { out, err, code } = await shell(curlScript(core.runs.get(id)));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const result = JSON.parse(out) as { text: string[]; artifacts: { documents: { size: number }[] } };
    expect(result.text).toEqual([`say 'hi' & "bye" $HOME \\n`]);
    expect(result.artifacts.documents.map(({ size }) => size)).toEqual([7, 5]);
  });

  it('reports that a recipe failed, and that a token is not accepted', async () => {
    const id = await ran('Fails half-way', [], 'x');
    const script = curlScript(core.runs.get(id));
    const failed = await shell(script);
    expect(failed.code).toBe(1);
    expect(failed.err).toContain('The recipe ended with: error');
    const refused = await shell(script, 'wrong');
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain('401');
    expect((await shell(script, '')).err).toContain('OMNITOOL_TOKEN');
  });
});

describe('a file of a result in another run', () => {
  const uploads = (): number => faults.seen.filter((route) => route.startsWith('POST /fid')).length;
  const again = async (id: string): Promise<string> => {
    await useInDraft(core, id, [0]);
    return ran('Echo', []);
  };

  it('is not sent again while the server has it', async () => {
    const id = await ran('Echo', [await home.file('notes.txt', 'some notes')]);
    const before = uploads();
    const next = await again(id);
    expect(uploads()).toBe(before);
    const { inputs } = core.runs.get(next);
    expect(inputs).toMatchObject([{ name: 'notes.txt', sha256: core.results.find(id).artifacts[0]?.sha256 }]);
    expect(core.results.find(next).artifacts[0]).toMatchObject({ name: 'notes.txt', size: 10 });
  });

  it('keeps its name when that run is used again, or undone', async () => {
    const id = await ran('Echo', [await home.file('notes.txt', 'some notes')]);
    const next = await again(id);
    const call = handlersOf(core);
    expect(await call['draft:from-run']({ runId: next })).toMatchObject({ attachments: [{ name: 'notes.txt' }] });
    core.draft.clear();
    core.settings.change({ undoStart: true });
    await useInDraft(core, id, [0]);
    const { runs } = await call['runs:start'](undefined);
    await call['draft:edit']({ message: 'since' });
    const view = await call['runs:undo-start']({ runIds: runs.map((run) => run.id) });
    expect(view).toMatchObject({ message: 'since', attachments: [{ name: 'notes.txt' }] });
  });

  it('is sent again once the server has deleted it', async () => {
    const id = await ran('Echo', [await home.file('notes.txt', 'some notes')]);
    const before = uploads();
    faults.fail('GET /fid', 410);
    await useInDraft(core, id, [0]);
    const next = await ran('Word count', []);
    expect(core.runs.get(next).state).toBe('succeeded');
    expect(uploads()).toBe(before + 1);
  });

  it('is reported as gone when its run was removed meanwhile', async () => {
    const id = await ran('Echo', [await home.file('notes.txt', 'some notes')]);
    await useInDraft(core, id, [0]);
    await rm(core.folderOf(id), { recursive: true });
    await expect(startRecipe(core, 'Echo')).rejects.toMatchObject({ code: 'attachment-problem', detail: 'notes.txt' });
  });
});

describe('a text or data of a result', () => {
  it('has its own file name, and is written unchanged', async () => {
    const id = await ran('CSV to JSON', [await home.file('photos.csv', 'place,photos\nHarbour,14\nHills,9\n')]);
    const text = resultPart(core, { runId: id, part: 'text', position: 0 });
    expect(text.name).toBe('CSV to JSON.md');
    const data = resultPart(core, { runId: id, part: 'object', position: 0 });
    expect(data.name).toMatch(/^CSV to JSON( 1)?\.json$/);
    const target = join(home.folder, data.name);
    await saveText(data.text, target);
    expect(JSON.parse(await readFile(target, 'utf8'))).toEqual(JSON.parse(data.text));
    await expect(saveText('x', join(home.folder, 'no', 'such', 'place'))).rejects.toMatchObject({
      code: 'disk-gone',
    });
    expect(() => resultPart(core, { runId: id, part: 'message', position: 0 })).toThrow('not-found');
  });

  it('goes into the draft for another recipe: text as an attachment, data as written data', async () => {
    const id = await ran('CSV to JSON', [await home.file('photos.csv', 'place,photos\nHarbour,14\n')]);
    const call = handlersOf(core);
    await call['results:use-part']({ runId: id, part: 'text', position: 0 });
    const draft = await call['results:use-part']({ runId: id, part: 'object', position: 0 });
    expect(draft.attachments).toMatchObject([
      { kind: 'text', excerpt: expect.stringContaining('photos.csv') as unknown },
    ]);
    expect(JSON.parse(draft.data)).toMatchObject({ place: 'Harbour' });
  });
});

describe('the files of a result on the desktop', () => {
  /** The calls of a window, on a desktop that only notes what it is asked for. */
  function desktopCalls(folder: string) {
    const opened: string[] = [];
    const desktop = {
      pickFolder: () => Promise.resolve(folder),
      open: (path: string) => Promise.resolve(opened.push(path) > 0),
    };
    return { handlers: handlersOf(core, desktop), opened };
  }

  it('are opened only when they are not executable', async () => {
    const paths = [await home.file('notes.txt', 'some notes'), await home.file('page.html', '<!doctype html><p>hello')];
    const runId = await ran('Echo', paths);
    const { handlers, opened } = desktopCalls(home.folder);
    await handlers['results:open']({ runId, position: 0 });
    expect(opened.map((path) => basename(path))).toEqual(['notes.txt']);
    await expect(handlers['results:open']({ runId, position: 1 })).rejects.toMatchObject({ code: 'not-allowed' });
    expect(opened).toHaveLength(1);
  });

  it('are saved if they are here, and the others are named', async () => {
    const target = join(home.folder, 'target');
    await mkdir(target);
    const runId = await ran('Echo', [await home.file('a.txt', 'one'), await home.file('b.txt', 'two')]);
    const { handlers } = desktopCalls(target);
    const [first] = core.results.find(runId).artifacts;
    await rm(join(core.folderOf(runId), first?.file ?? ''));
    expect(await handlers['results:save-all']({ runId, rule: '{n} {name}' })).toEqual({
      folder: target,
      files: 1,
      failed: ['a.txt'],
    });
    expect(await readdir(target)).toEqual(['2 b.txt']);
    expect(await handlers['results:save-plan']({ runId, rule: null })).toEqual({
      rule: '{n} {name}',
      folder: target,
      names: ['1 a.txt', '2 b (2).txt'],
      files: 2,
    });
    await expect(handlers['results:save-all']({ runId, rule: '../{name}' })).rejects.toMatchObject({
      code: 'bad-rule',
    });
  });
});
