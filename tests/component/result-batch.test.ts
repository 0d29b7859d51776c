import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anArtifact, openResult } from './support/open-result.ts';
import { anEndedRun } from './support/samples.ts';

describe('the runs of one drop', () => {
  const createdAt = Date.now();
  const runs = ['one', 'two', 'three'].map((id) =>
    anEndedRun({ id, recipeName: `Run ${id}`, batchId: 'drop', createdAt }),
  );
  const other = anEndedRun({ id: 'other', recipeName: 'Other', createdAt: createdAt + 1 });
  const open = () => openResult({ run: runs[0] ?? other, texts: ['x'] }, { runs: [other, ...runs.toReversed()] });
  const heading = (name: string) => page.getByRole('heading', { name, level: 1 });
  const button = (name: string) => page.getByRole('button', { name });

  it('are gone through in the order of the drop, with the focus staying on the button', async () => {
    open();
    await expect.element(page.getByText('1 of 3')).toBeVisible();
    await expect.element(button('Previous run')).toHaveAttribute('aria-disabled', 'true');
    await button('Next run').click();
    await expect.element(heading('Run two')).toBeVisible();
    await expect.element(button('Next run')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(heading('Run three')).toBeVisible();
    await expect.element(page.getByText('3 of 3')).toBeVisible();
    await expect.element(button('Next run')).toHaveFocus();
  });

  it('are gone through with Alt and the arrows from anywhere', async () => {
    open();
    await expect.element(heading('Run one')).toBeVisible();
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}');
    await expect.element(heading('Run two')).toBeVisible();
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    await expect.element(heading('Run one')).toBeVisible();
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    await expect.element(heading('Run one')).toBeVisible();
  });

  it('can be shown side by side, also where the others are not loaded', async () => {
    const bridge = openResult({ run: runs[0] ?? other, texts: ['x'] }, { runs: runs.slice(0, 1) });
    await button('Side by side').click();
    await expect.poll(() => bridge.requests('batches:view')).toEqual([{ batchId: 'drop' }]);
    await expect.element(page.getByText('These runs are no longer here.')).toBeVisible();
  });

  it('are not counted for a run that was started alone', async () => {
    openResult({ run: other, texts: ['x'] }, { runs: [other, ...runs] });
    await expect.element(heading('Other')).toBeVisible();
    expect(page.getByRole('group', { name: 'Runs of this drop' }).elements()).toHaveLength(0);
  });
});

describe('recordings', () => {
  it('are as loud as the one before', async () => {
    const silence = (position: number) =>
      anArtifact({
        position,
        name: `${position}.wav`,
        kind: 'audio',
        mime: 'audio/wav',
        url: 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=',
      });
    openResult({ artifacts: [silence(0), silence(1)] });
    await expect.poll(() => document.querySelectorAll('audio').length).toBe(2);
    const [first, second] = document.querySelectorAll('audio');
    if (first !== undefined) first.volume = 0.3;
    await expect.poll(() => second?.volume).toBeCloseTo(0.3);
    if (first !== undefined) first.volume = 1;
  });

  it('that cannot be played say so', async () => {
    openResult({
      artifacts: [anArtifact({ name: 'film.mp4', kind: 'video', mime: 'video/mp4', url: 'data:video/mp4,x' })],
    });
    await expect.element(page.getByText(/It cannot be played here/)).toBeVisible();
  });
});
