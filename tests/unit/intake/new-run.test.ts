import { describe, expect, it } from 'vitest';
import type { AttachmentKind, DraftMode, InputKind } from '../../../electron/contract/views.ts';
import type { Attachment } from '../../../electron/core/model/attachment.ts';
import { newRuns } from '../../../electron/core/intake/new-run.ts';

function attachment(name: string, kind: AttachmentKind = 'image'): Attachment {
  const isFile = kind !== 'text' && kind !== 'link';
  return {
    id: name,
    kind,
    name,
    path: isFile ? `/files/${name}` : null,
    realPath: isFile ? `/files/${name}` : null,
    text: isFile ? null : name,
    size: 1,
    mtimeMs: isFile ? 1 : null,
    mime: null,
    problem: null,
    sendAs: null,
    madeFrom: null,
    field: null,
    notData: null,
    sha256: null,
    loss: null,
    folder: null,
  };
}

const runsOf = (
  mode: DraftMode,
  attachments: readonly Attachment[],
  takes: readonly InputKind[] = ['text', 'images', 'documents'],
  message = 'hello',
) =>
  newRuns(
    {
      profile: { id: 'p', origin: 'http://127.0.0.1:1688', name: 'Home' },
      recipe: {
        id: 'r',
        name: 'Recipe',
        shape: { takes, gives: [], givesInChat: [], hasForm: false, formTakes: [], warnings: [] },
      },
      attachments,
      message,
      form: null,
      values: {},
      owner: 'app',
    },
    mode,
    1_000,
  );
/** A recipe with a text of its own, and what it is given. */
const ownText = (attachments: readonly Attachment[], message: string) => {
  const shape = {
    takes: ['text'],
    gives: [],
    givesInChat: [],
    hasForm: false,
    formTakes: [],
    ownText: 'Hi',
    warnings: [],
  } as const;
  const profile = { id: 'p', origin: 'http://127.0.0.1:1688', name: 'Home' };
  const recipe = { id: 'r', name: 'Recipe', shape };
  return newRuns({ profile, recipe, attachments, message, form: null, values: {}, owner: 'app' }, 'together', 1_000);
};
const names = (runs: ReturnType<typeof runsOf>) => runs.map(({ inputs }) => inputs.map(({ name }) => name));

describe('newRuns', () => {
  const [a, b, notes] = [attachment('a.png'), attachment('b.png'), attachment('notes.txt', 'document')];

  it('makes a run without input for a recipe with a text of its own, but not in place of what it does not take', () => {
    expect(ownText([], ' ')).toMatchObject([{ message: '', inputs: [] }]);
    expect(ownText([], 'Hello')).toMatchObject([{ message: 'Hello' }]);
    expect(() => ownText([a], '')).toThrow(expect.objectContaining({ code: 'nothing-to-run' }) as Error);
  });

  const [text, link] = [attachment('words', 'text'), attachment('https://example.org', 'link')];

  it('makes one run of all inputs', () => {
    const runs = runsOf('together', [a, text, b, notes]);
    expect(names(runs)).toEqual([['a.png', 'words', 'b.png', 'notes.txt']]);
    expect(runs[0]).toMatchObject({ batchId: null, message: 'hello', state: 'queued', createdAt: 1_000 });
  });

  it('makes a run for each file, in order, each with the message and the texts', () => {
    const runs = runsOf('each', [a, text, b, link, notes]);
    expect(names(runs)).toEqual([
      ['a.png', 'words', 'https://example.org'],
      ['b.png', 'words', 'https://example.org'],
      ['notes.txt', 'words', 'https://example.org'],
    ]);
    expect(new Set(runs.map(({ batchId }) => batchId)).size).toBe(1);
    expect(runs[0]?.batchId).not.toBeNull();
    expect(new Set(runs.map(({ id }) => id)).size).toBe(3);
    expect(runs.map(({ message }) => message)).toEqual(['hello', 'hello', 'hello']);
    expect(runs[1]?.inputs.map(({ position }) => position)).toEqual([0, 1, 2]);
  });

  it('makes a run for each text and link when there is no file', () => {
    expect(names(runsOf('each', [text, link]))).toEqual([['words'], ['https://example.org']]);
  });

  it('makes no run for inputs that the recipe does not take', () => {
    const runs = runsOf('each', [a, notes, b, text], ['images']);
    expect(names(runs)).toEqual([['a.png'], ['b.png']]);
  });

  it.each([
    ['one file', [attachment('a.png')]],
    ['a message alone', []],
  ])('makes no batch of %s', (_what, attachments) => {
    expect(runsOf('each', attachments)).toMatchObject([{ batchId: null }]);
  });

  it.each(['each', 'together'] as const)('throws the problem and makes no run (%s)', (mode) => {
    expect(() => runsOf(mode, [a, { ...b, problem: 'vanished' }])).toThrow(
      expect.objectContaining({ code: 'attachment-problem', detail: 'b.png' }) as Error,
    );
    expect(() => runsOf(mode, [notes], ['images'])).toThrow(
      expect.objectContaining({ code: 'nothing-to-run' }) as Error,
    );
  });

  it('reuses an upload, but only for the same server', () => {
    const here = { profileId: 'p', fid: '1,a', expires: 9_000, sha256: 'aa' };
    const runs = runsOf('together', [
      { ...a, uploaded: here },
      { ...b, uploaded: { ...here, profileId: 'another' } },
    ]);
    expect(runs[0]?.inputs).toMatchObject([
      { fid: '1,a', fidExpires: 9_000, sha256: 'aa' },
      { fid: null, fidExpires: null, sha256: null },
    ]);
  });
});
