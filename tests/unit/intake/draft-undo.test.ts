import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DraftView } from '../../../electron/contract/views.ts';
import { Draft } from '../../../electron/core/intake/draft.ts';
import { PastedFiles } from '../../../electron/core/intake/pasted-files.ts';

let folder: string;
let kept: PastedFiles;
let draft: Draft;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-undo-'));
  kept = new PastedFiles(join(folder, 'kept'));
  draft = new Draft(kept);
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string): string {
  writeFileSync(join(folder, name), name);
  return join(folder, name);
}

/** The contents of the draft without the undo steps. */
const holds = ({ attachments, recipeId, message, data, mode }: DraftView): object => ({
  ...{ attachments, recipeId, message, data, mode },
});

async function compose(): Promise<object> {
  await draft.add({ paths: [file('a.txt'), file('b.txt')], texts: ['a text'] });
  const [first] = draft.view().attachments;
  draft.move(first?.id ?? '', 2);
  draft.edit({ recipeId: 'r1', message: 'A long message', data: '{"a": 1', mode: 'each' });
  return holds(draft.view());
}

describe('undoing a change of the draft', () => {
  it('restores a cleared draft: order, message, data and recipe', async () => {
    const composed = await compose();
    draft.clear();
    expect(draft.view()).toMatchObject({ attachments: [], message: '', undoable: { what: 'cleared' } });
    expect(holds(draft.undo(null))).toEqual(composed);
    expect(draft.view().undoable).toBeNull();
  });

  it('restores a replaced draft, and redo restores the replacement', async () => {
    const composed = await compose();
    await draft.replace([{ path: file('c.txt') }], { recipeId: 'r2', message: 'other', data: '', mode: 'together' });
    draft.edit({ message: 'other words' });
    const replaced = holds(draft.view());
    const step = draft.view().undoable;
    expect(step).toMatchObject({ what: 'replaced' });
    expect(holds(draft.undo(step?.step ?? null))).toEqual(composed);
    expect(draft.view().redoable).not.toBeNull();
    expect(holds(draft.redo())).toEqual(replaced);
    expect(holds(draft.undo(null))).toEqual(composed);
  });

  it('works while files are still being inspected', async () => {
    const composed = await compose();
    const replacing = draft.replace([{ path: file('c.txt') }], { recipeId: 'r2' });
    draft.undo(null);
    await replacing;
    expect(holds(draft.view())).toEqual(composed);
  });

  it('undoes one step, or several at once', async () => {
    await compose();
    const states = [holds(draft.view())];
    for (const { id } of draft.view().attachments) states.push(holds(draft.remove(id)));
    expect(draft.view().undoable).toMatchObject({ what: 'removed' });
    expect(holds(draft.undo(null))).toEqual(states[2]);
    expect(holds(draft.undo(null))).toEqual(states[1]);
    expect(holds(draft.undo(null))).toEqual(states[0]);
    expect(holds(draft.undo(null))).toEqual(states[0]);
  });

  it('records no step for a change that removes nothing', async () => {
    draft.clear();
    await draft.replace([{ path: file('a.txt') }], { recipeId: 'r1' });
    draft.edit({ message: 'hi', recipeId: 'r2' });
    draft.replaceData('{}');
    draft.remove('unknown');
    expect(draft.view().undoable).toBeNull();
    expect(draft.view().redoable).toBeNull();
    draft.replaceData('[]');
    expect(draft.view().undoable).toMatchObject({ what: 'data-replaced' });
    expect(draft.undo(null)).toMatchObject({ data: '{}' });
  });

  it('keeps a pasted picture while an undo can restore it', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    await draft.add({ unsaved: [{ name: 'Pasted picture.png', size: 3, bytes }] });
    draft.clear();
    const sweep = (): Promise<number> => kept.removeUnused((path) => draft.paths().has(path), Infinity);
    expect(await sweep()).toBe(0);
    const [path = ''] = [...draft.paths()];
    expect(existsSync(path)).toBe(true);
    draft.undo(null);
    expect(draft.view().attachments).toHaveLength(1);
    expect(await sweep()).toBe(0);
  });

  it('always restores the exact state', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('clear', 'remove', 'data', 'type', 'undo', 'redo')), (moves) => {
        const tried = new Draft(kept);
        tried.edit({ message: 'first', data: 'one' });
        let count = 0;
        for (const move of moves) {
          const before = tried.view();
          count += 1;
          if (move === 'type') tried.edit({ message: `words ${count}` });
          else if (move === 'data') tried.replaceData(`data ${count}`);
          else if (move === 'remove') tried.remove('unknown');
          else if (move === 'clear') tried.clear();
          else if (move === 'undo') tried.undo(null);
          else tried.redo();
          const { undoable, redoable } = tried.view();
          const isNewStep = (undoable?.step ?? 0) > (before.undoable?.step ?? 0) && move !== 'redo';
          if (isNewStep) {
            expect(holds(tried.undo(null))).toEqual(holds(before));
            tried.redo();
          } else if (move === 'undo' && redoable !== before.redoable && redoable !== null) {
            expect(holds(tried.redo())).toEqual(holds(before));
            tried.undo(null);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
