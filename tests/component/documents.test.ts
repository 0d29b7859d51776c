import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { ArtifactView, PreviewView } from '../../electron/contract/views.ts';
import { aPdf } from '../support/a-pdf.ts';
import { anArtifact, openResult } from './support/open-result.ts';
import { failure, ScriptedBridge } from './support/scripted-bridge.ts';

const aFile = (name: string, mime: string): ArtifactView =>
  anArtifact({ name, mime, kind: mime.startsWith('text/') || mime === 'application/pdf' ? 'document' : 'file' });

const UTF_8 = { encoding: 'utf-8', assumed: false } as const;

/** Opens a result with one file, of which the main process tells this. */
function openFile(file: ArtifactView, preview: PreviewView | string): ScriptedBridge {
  const told =
    typeof preview === 'string'
      ? ({ ...UTF_8, kind: 'text', text: preview, truncated: false, size: 1 } as const)
      : preview;
  const bridge = new ScriptedBridge().script('results:preview', () => ({ ok: true, value: told }));
  return openResult({ artifacts: [file] }, {}, bridge);
}

const show = (name: string) => page.getByRole('button', { name: `Show ${name}`, exact: true });

describe('a text document', () => {
  it('is read once somebody wants to see it, and shown as a table where it is one', async () => {
    const bridge = openFile(aFile('photos.csv', 'text/csv'), 'place;count\n"Harbour; north";3\nHills;"5"\n');
    await expect.element(show('photos.csv')).toHaveAttribute('aria-expanded', 'false');
    expect(bridge.requests('results:preview')).toEqual([]);
    await show('photos.csv').click();
    await expect.element(page.getByRole('columnheader', { name: 'count' })).toBeVisible();
    await expect.element(page.getByRole('cell', { name: 'Harbour; north' })).toBeVisible();
    expect(bridge.requests('results:preview')).toEqual([{ runId: 'r1', position: 0, encoding: null }]);
    await page.getByText('As written', { exact: true }).click();
    await expect.element(page.getByText(/"Harbour; north";3/)).toBeVisible();
    await page.getByRole('button', { name: 'Hide photos.csv' }).click();
    await expect.element(page.getByText(/"Harbour; north";3/)).not.toBeInTheDocument();
  });

  it('is a tree, formatted, or lines that wrap or do not', async () => {
    openFile(aFile('data.json', 'application/json'), '{"a": [1, 2]}');
    await show('data.json').click();
    await expect.element(page.getByRole('treeitem', { name: 'a: 2 items' })).toBeVisible();
  });

  it('in markdown is formatted', async () => {
    openFile(aFile('notes.md', 'text/plain'), '# Notes\n\nof *today*');
    await show('notes.md').click();
    await expect.element(page.getByRole('heading', { name: 'Notes' })).toBeVisible();
  });

  it('of code is shown as it was written, with lines that wrap or scroll', async () => {
    openFile(aFile('run.py', 'application/octet-stream'), `x = "${'long '.repeat(100)}"`);
    await show('run.py').click();
    await page.getByRole('button', { name: 'Wrap lines' }).click();
    const region = page.getByRole('group', { name: 'Lines' });
    await expect.element(region).toBeVisible();
    expect(region.element().scrollWidth).toBeGreaterThan(region.element().clientWidth);
  });

  it('says when there is more, when it is no text, when it is empty, and when it is gone', async () => {
    const beginning = { ...UTF_8, kind: 'text', text: 'start', truncated: true, size: 3_145_728 } as const;
    const bridge = openFile(aFile('a.txt', 'text/plain'), beginning);
    await show('a.txt').click();
    await expect.element(page.getByText(/Only the beginning is shown: 256 KB of 3 MB/)).toBeVisible();
    const again = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Hide a.txt' }).click();
      await show('a.txt').click();
    };
    bridge.script('results:preview', () => ({ ok: true, value: { kind: 'none' } }));
    await again();
    await expect.element(page.getByText(/It does not look like a text/)).toBeVisible();
    bridge.script('results:preview', () => ({ ok: true, value: { ...beginning, text: '', truncated: false } }));
    await again();
    await expect.element(page.getByText('An empty file')).toBeVisible();
    bridge.script('results:preview', () => failure('artifact-gone', 'a.txt'));
    await again();
    await expect.element(page.getByRole('alert')).toBeVisible();
  });

  it('says what it was read as where that was assumed, and is read otherwise on demand', async () => {
    const assumed = {
      kind: 'text',
      text: '日本語',
      truncated: false,
      size: 6,
      encoding: 'shift_jis',
      assumed: true,
    } as const;
    const bridge = openFile(aFile('a.txt', 'text/plain'), assumed);
    await show('a.txt').click();
    await expect.element(page.getByText(/^Read as Shift JIS: the file does not say how it is written/)).toBeVisible();
    bridge.script('results:preview', () => ({
      ok: true,
      value: { ...assumed, text: 'ÆüËÜ¸ì', encoding: 'windows-1252', assumed: false },
    }));
    await page.getByRole('button', { name: /How to read a.txt$/ }).click();
    await page.getByRole('menuitemradio', { name: 'Windows-1252, Western Europe' }).click();
    await expect.element(page.getByText('ÆüËÜ¸ì')).toBeVisible();
    await expect.element(page.getByText(/the file does not say/)).not.toBeInTheDocument();
    expect(bridge.requests('results:preview').map(({ encoding }) => encoding)).toEqual([null, 'windows-1252']);
  });

  it('that does not look like one can be read as one', async () => {
    const bridge = openFile(aFile('a.txt', 'text/plain'), { kind: 'none' });
    await show('a.txt').click();
    await page.getByRole('button', { name: /How to read a.txt$/ }).click();
    bridge.script('results:preview', () => ({
      ok: true,
      value: { ...UTF_8, kind: 'text', text: 'all the same', truncated: false, size: 1 },
    }));
    await page.getByRole('menuitemradio', { name: 'UTF-8' }).click();
    await expect.element(page.getByText('all the same')).toBeVisible();
  });

  it('of an unknown kind is a card that nothing is shown of', async () => {
    openFile(aFile('model.bin', 'application/octet-stream'), 'x');
    await expect.element(page.getByRole('button', { name: 'Save model.bin' })).toBeVisible();
    expect(show('model.bin').elements()).toHaveLength(0);
  });
});

describe('a PDF', { timeout: 60_000 }, () => {
  const openPdf = (bytes: string | null): ScriptedBridge =>
    openResult(
      { artifacts: [aFile('terms.pdf', 'application/pdf')] },
      {},
      new ScriptedBridge().script('results:bytes', () => ({
        ok: true,
        value: bytes === null ? null : new TextEncoder().encode(bytes),
      })),
    );
  const sheet = (number: number) => page.getByRole('group', { name: `Page ${number} of 3` });

  it('is drawn page by page, told to screen readers, paged through and zoomed', async () => {
    openPdf(aPdf(['First', 'Second', 'Third']));
    await show('terms.pdf').click();
    // The reader of PDFs is two megabytes, which a busy machine takes its time to start.
    await expect.element(sheet(1), { timeout: 30_000 }).toHaveTextContent('First');
    const canvas = sheet(1).element().querySelector('canvas');
    const drawn = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    expect(drawn.some((value) => value < 128)).toBe(true);
    await expect.element(page.getByText('Page 1 of 3', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect.element(page.getByText('Page 2 of 3', { exact: true })).toBeVisible();
    await expect.element(sheet(2)).toHaveTextContent('Second');
    const { width } = sheet(2).element().getBoundingClientRect();
    await page.getByRole('button', { name: 'Larger' }).click();
    await expect.element(page.getByRole('status', { name: 'Scale' })).toHaveTextContent('150 %');
    await expect.poll(() => sheet(2).element().getBoundingClientRect().width / width).toBeCloseTo(1.5, 1);
  });

  it('says so when it is broken, and when it is too large', async () => {
    const bridge = openPdf('%PDF-1.4 and then nothing');
    await show('terms.pdf').click();
    await expect.element(page.getByText(/It cannot be shown here\. Save it/), { timeout: 30_000 }).toBeVisible();
    bridge.script('results:bytes', () => ({ ok: true, value: null }));
    await page.getByRole('button', { name: 'Hide terms.pdf' }).click();
    await show('terms.pdf').click();
    await expect.element(page.getByText(/It is too large to be shown here/)).toBeVisible();
  });
});
