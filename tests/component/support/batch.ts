import type { BatchColumn, BatchRowView, RunView } from '../../../electron/contract/views.ts';
import { openApp } from './open.ts';
import { anEndedRun } from './samples.ts';
import { ScriptedBridge } from './scripted-bridge.ts';

/** A batch whose runs have these values, one list for each run. */
export interface SampleBatch {
  readonly labels: readonly string[];
  readonly values: readonly (readonly string[])[];
  readonly run?: (index: number) => Partial<RunView>;
  readonly row?: (index: number) => Partial<BatchRowView>;
}

const different = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** Three styles of four prompts. */
export const PRODUCT: SampleBatch = {
  labels: ['Prompt', 'Style'],
  values: ['dawn', 'noon', 'dusk', 'night'].flatMap((prompt) =>
    ['Natural', 'Film', 'Ink'].map((style) => [prompt, style]),
  ),
};

/** Opens the window on a batch, as main tells it. Runs are called `r0`, `r1` and so on. */
export function openBatch({ labels, values, run, row }: SampleBatch, bridge = new ScriptedBridge()): ScriptedBridge {
  const texts = labels.map((_, column) => different(values.map((each) => each[column] ?? '')));
  const columns = labels.map((label, column): BatchColumn => {
    const all = texts[column] ?? [];
    return { key: `field:${label}`, label, count: all.length, values: all.length > 200 ? null : all };
  });
  const rows = values.map((each, index): BatchRowView => ({
    run: anEndedRun({ id: `r${index}`, batchId: 'batch', ...run?.(index) }),
    values: each,
    tookMs: 38_000 + index * 1_000,
    answer: `Answer ${index}`,
    files: [],
    ...row?.(index),
  }));
  const places = values.map((each) => each.map((value, column) => texts[column]?.indexOf(value) ?? 0));
  bridge
    .script('batches:view', () => ({
      ok: true,
      value: {
        ...{
          batchId: 'batch',
          recipeId: 'upscale',
          recipeName: 'Photograph',
          profileId: 'home',
          createdAt: Date.now(),
        },
        members: places.map((each, index) => ({ id: `r${index}`, places: each })),
        ...{ columns, moreColumns: 0, same: [{ label: 'Width', value: '1024' }] },
      },
    }))
    .script('batches:progress', () => ({
      ok: true,
      value: { counts: [{ state: 'succeeded', reason: null, count: rows.length }], endedAt: Date.now() },
    }))
    .script('batches:rows', ({ runIds }) => ({
      ok: true,
      value: runIds.flatMap((id) => rows[Number(id.slice(1))] ?? []),
    }))
    .script('batches:order', ({ isDown }) => {
      const ids = rows.map((each) => each.run.id);
      return { ok: true, value: isDown ? ids.toReversed() : ids };
    });
  return openApp({ runs: rows.map((each) => each.run), route: { view: 'batch', batchId: 'batch' } }, bridge);
}
