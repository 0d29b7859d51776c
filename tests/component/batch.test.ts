import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openBatch, PRODUCT } from './support/batch.ts';
import { aPicture } from './support/open-result.ts';

const cell = (name: RegExp) => page.getByRole('gridcell', { name });
const heading = (name: string) => page.getByRole('heading', { name, level: 1 });
const focused = () => document.activeElement?.textContent ?? '';
const drawnCells = (): number => document.querySelectorAll('[role=gridcell]').length;
const panel = () => page.getByRole('complementary', { name: 'The selected run' });

describe('the grid of a batch', () => {
  it('says what differs, and has the values as headings', async () => {
    openBatch(PRODUCT);
    await expect.element(page.getByText(/^12 runs, 4 prompts × 3 styles · today/)).toBeVisible();
    await expect.element(page.getByText('12 done')).toBeVisible();
    const across = page
      .getByRole('columnheader')
      .elements()
      .map((each) => each.textContent);
    expect(across.slice(1)).toEqual(['Natural', 'Film', 'Ink']);
    expect(
      page
        .getByRole('rowheader')
        .elements()
        .map((each) => each.textContent.trim()),
    ).toEqual(['dawn', 'noon', 'dusk', 'night']);
    await expect.element(cell(/Answer 4/)).toBeVisible();
    await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '5');
  });

  it('is gone through with the arrows, and opens a result with Enter', async () => {
    openBatch(PRODUCT);
    await cell(/Answer 0/).click();
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    await expect.poll(focused).toContain('Answer 4');
    await userEvent.keyboard('{End}{ArrowRight}');
    await expect.poll(focused).toContain('Answer 5');
    await userEvent.keyboard('{Home}{ArrowUp}{ArrowUp}');
    await expect.poll(focused).toContain('Answer 0');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.element(heading('Upscale photo')).toBeVisible();
    await page.getByRole('button', { name: 'Back to all runs' }).click();
    await expect.element(page.getByRole('gridcell', { selected: true })).toMatchTextContent(/Answer 3/);
    await expect.poll(focused).toContain('Answer 3');
  });

  it('marks a favourite with F, and shows a picture large with the space bar', async () => {
    const bridge = openBatch({ ...PRODUCT, run: () => ({ picture: aPicture(40, 30) }) });
    await cell(/38 s/).click();
    await userEvent.keyboard('f');
    await expect.poll(() => bridge.requests('runs:favourite')).toEqual([{ runId: 'r0', favourite: true }]);
    await userEvent.keyboard(' ');
    await expect.element(page.getByRole('dialog', { name: 'dawn, Natural' })).toBeVisible();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByRole('dialog', { name: 'dawn, Film' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('gridcell', { selected: true })).toMatchTextContent(/39 s/);
  });

  it('can be turned, and shows the runs in order without headings', async () => {
    openBatch(PRODUCT);
    await expect.element(cell(/Answer 0/)).toBeVisible();
    await page.getByRole('combobox', { name: 'Across' }).selectOptions('Prompt');
    const headings = () =>
      page
        .getByRole('columnheader')
        .elements()
        .map((each) => each.textContent);
    await expect.poll(() => headings().slice(1)).toEqual(['dawn', 'noon', 'dusk', 'night']);
    await page.getByRole('combobox', { name: 'Across' }).selectOptions('In order');
    await page.getByRole('combobox', { name: 'Down' }).selectOptions('In order');
    await expect.poll(headings).toEqual([]);
    await expect.element(cell(/Prompt: dawn Style: Ink/)).toBeVisible();
  });

  it('draws only what is looked at of five thousand runs, and asks for no more', async () => {
    const values = Array.from({ length: 5_000 }, (_, index) => [`prompt ${index}`]);
    const bridge = openBatch({ labels: ['Prompt'], values });
    await expect.element(cell(/prompt 0$/)).toBeVisible();
    expect(drawnCells()).toBeLessThan(120);
    await cell(/prompt 0$/).click();
    await userEvent.keyboard('{PageDown}{PageDown}{PageDown}{PageDown}{PageDown}{PageDown}');
    await expect.poll(() => document.querySelector('.scroller')?.scrollTop ?? 0).toBeGreaterThan(200);
    expect(drawnCells()).toBeLessThan(200);
    const asked = bridge.requests('batches:rows').flatMap(({ runIds }) => runIds);
    expect(asked.length).toBeLessThan(600);
  });

  it('takes the news of a run without moving the focus', async () => {
    const live = { state: 'running', endedAt: null, gave: null } as const;
    const bridge = openBatch({
      ...PRODUCT,
      run: (index) => (index === 1 ? live : {}),
      row: (index) => (index === 1 ? { answer: null, tookMs: null } : {}),
    });
    await cell(/Answer 4/).click();
    await expect.element(cell(/Running/)).toBeVisible();
    const { run } = { run: bridge.app.runs[1] };
    if (run === undefined) throw new TypeError('There is no such run.');
    const ended = { ...run, state: 'succeeded', endedAt: Date.now() } as const;
    bridge.script('batches:rows', () => ({
      ok: true,
      value: [{ run: ended, values: ['dawn', 'Film'], tookMs: 5_000, answer: 'It is here', files: [] }],
    }));
    bridge.emit('run:changed', ended);
    await expect.element(cell(/It is here/)).toBeVisible();
    expect(focused()).toContain('Answer 4');
    expect(bridge.requests('batches:progress').length).toBeGreaterThan(1);
  });
});

describe('beside the grid', () => {
  it('is what differs and what does not, and the values can be taken', async () => {
    const bridge = openBatch(PRODUCT);
    await cell(/Answer 4/).click();
    for (const words of [/noon/, /Film/, /The same in all 12/, /1024/, /42 s, as number 5 of 12/])
      await expect.element(panel()).toMatchTextContent(words);
    await panel().getByRole('button', { name: 'Take these values' }).click();
    await expect.poll(() => bridge.requests('draft:from-run')).toEqual([{ runId: 'r4' }]);
    await expect.element(page.getByRole('region', { name: 'Recipes' })).toBeVisible();
  });
});

describe('the table of a batch', () => {
  const row = (name: RegExp) => page.getByRole('row', { name });

  it('has a column for what differs, and is sorted by one', async () => {
    const bridge = openBatch(PRODUCT);
    await page.getByText('Table', { exact: true }).click();
    await expect.element(row(/^dawn Natural Done 38 s Answer 0/)).toBeVisible();
    await page.getByRole('columnheader', { name: 'Took' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'Took' }).getByRole('button').click();
    await expect.element(page.getByRole('columnheader', { name: 'Took' })).toHaveAttribute('aria-sort', 'descending');
    await expect.poll(() => bridge.requests('batches:order').at(-1)).toMatchObject({ by: 'took', isDown: true });
    await expect.element(page.getByRole('row').nth(1)).toMatchTextContent(/Answer 11/);
  });

  it('is gone through by keyboard, and is still the table after a look at a result', async () => {
    openBatch(PRODUCT);
    await page.getByText('Table', { exact: true }).click();
    await row(/Answer 0/)
      .getByRole('button')
      .click();
    await expect.element(heading('Upscale photo')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(row(/Answer 0/)).toBeVisible();
    row(/Answer 0/)
      .getByRole('button')
      .element()
      .focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.poll(() => document.activeElement?.closest('tr')?.textContent).toContain('Answer 2');
  });
});

describe('the list of a batch', () => {
  it('is as in Activity, calls runs without files by what differs, and opens a result', async () => {
    openBatch({ ...PRODUCT, run: () => ({ inputs: [] }) });
    await page.getByText('List', { exact: true }).click();
    await page.getByRole('button', { name: 'noon, Natural', exact: true }).click();
    await expect.element(heading('Upscale photo')).toBeVisible();
  });
});

describe('saving a batch', () => {
  it('writes a CSV', async () => {
    openBatch(PRODUCT);
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    await expect.element(page.getByText('Saved as Photograph.csv')).toBeVisible();
  });

  it('shows an export that began before the view was left, until it ends', async () => {
    const bridge = openBatch(PRODUCT);
    await expect.element(page.getByRole('button', { name: 'Save all 12' })).toBeVisible();
    bridge.emit('batch:saving', { batchId: 'batch', done: 3, of: 12 });
    await expect.element(page.getByText('Exporting run 4 of 12')).toBeVisible();
    bridge.emit('batch:saving', { batchId: 'batch', done: 1, of: 1 });
    await expect.element(page.getByRole('button', { name: 'Save all 12' })).toBeVisible();
  });

  it('shows how far an export is, and can be stopped', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const bridge = openBatch(PRODUCT);
    bridge.script('batches:export', async () => {
      bridge.emit('batch:saving', { batchId: 'batch', done: 3, of: 12 });
      await promise;
      return { ok: true, value: { folder: '/home/ada/Photograph', files: 9, failed: [] } };
    });
    await page.getByRole('button', { name: 'Save all 12' }).click();
    await expect.element(page.getByText('Exporting run 4 of 12')).toBeVisible();
    await page.getByRole('button', { name: 'Stop saving' }).click();
    await expect.poll(() => bridge.requests('batches:stop-export')).toEqual([{ batchId: 'batch' }]);
    resolve(undefined);
    await expect.element(page.getByText(/^Stopped\. The runs that were exported are in/)).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Save all 12' })).toBeVisible();
  });
});
