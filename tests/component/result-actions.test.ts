import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ArtifactView, ResultView } from '../../electron/contract/views.ts';
import { openApp } from './support/open.ts';
import { aReceiptFile, aResult, anEndedRun } from './support/samples.ts';
import { failure, ScriptedBridge } from './support/scripted-bridge.ts';

const anArtifact = (position: number, name: string, change: Partial<ArtifactView> = {}): ArtifactView => ({
  position,
  name,
  kind: 'image',
  mime: 'image/png',
  size: 2_048,
  width: null,
  height: null,
  url: 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=',
  problem: null,
  mayComeAgain: false,
  message: null,
  source: null,
  ...change,
});
const hills = anArtifact(0, 'hills.png');
const setup = anArtifact(1, 'setup.exe', { kind: 'file', mime: 'application/x-msdownload' });

function open(change: Partial<ResultView>, bridge = new ScriptedBridge()): ScriptedBridge {
  const run = anEndedRun();
  bridge.result = { ...aResult(change), run };
  return openApp({ runs: [run], route: { view: 'result', runId: run.id } }, bridge);
}
const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click();
const choose = async (menu: string, item: string): Promise<void> => {
  await press(menu);
  await page.getByRole('menuitem', { name: item }).click();
};

describe('a file of a result', () => {
  it('is copied, opened, shown in its folder and used in another recipe', async () => {
    const bridge = open({ artifacts: [hills] });
    await press('Copy hills.png');
    await expect.element(page.getByText('Copied')).toBeVisible();
    await choose('More for hills.png', 'Open');
    await choose('More for hills.png', 'Show in folder');
    await choose('More for hills.png', 'Use in another recipe');
    await expect.element(page.getByRole('region', { name: 'Recipes' })).toBeVisible();
    const one = { runId: 'r1', position: 0 };
    expect(bridge.requests('results:copy-picture')).toEqual([one]);
    expect(bridge.requests('results:open')).toEqual([one]);
    expect(bridge.requests('results:reveal')).toEqual([one]);
    expect(bridge.requests('results:use')).toEqual([{ runId: 'r1', positions: [0] }]);
  });

  it('that is larger than the setting is fetched when asked for, and the result shown anew', async () => {
    const size = 5 * 1024 ** 3;
    const huge = anArtifact(0, 'huge.bin', {
      kind: 'file',
      size,
      url: null,
      problem: 'over-limit',
      mayComeAgain: true,
    });
    const bridge = open({ artifacts: [huge] });
    await expect
      .element(page.getByText('5 GB. It was not fetched: it is larger than “Largest file to fetch” in Settings.'))
      .toBeVisible();
    bridge.script('results:fetch', () => {
      bridge.result = { ...bridge.result, artifacts: [anArtifact(0, 'huge.bin', { kind: 'file', size })] };
      return { ok: true, value: null };
    });
    await press('Fetch it anyway huge.bin');
    await expect.element(page.getByText('huge.bin is here')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Save huge.bin' })).toBeVisible();
    expect(bridge.requests('results:fetch')).toEqual([{ runId: 'r1', position: 0 }]);
  });

  it('that failed is fetched again, and says why it cannot be; one that is gone is not', async () => {
    const broken = anArtifact(0, 'a.bin', { kind: 'file', url: null, problem: 'disk-read-only', mayComeAgain: true });
    const gone = anArtifact(1, 'b.bin', { kind: 'file', url: null, problem: 'gone' });
    const bridge = open({ artifacts: [broken, gone] });
    bridge.script('results:fetch', () => failure('disk-full'));
    await expect.element(page.getByText('This file is on a disk that can only be read.')).toBeVisible();
    await press('Fetch again a.bin');
    await expect.element(page.getByText('The disk is full.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Fetch again b.bin' })).not.toBeInTheDocument();
  });

  it('that could be run is only shown in its folder, and what is no picture is not copied', async () => {
    open({ artifacts: [setup] });
    await press('More for setup.exe');
    await expect.element(page.getByRole('menuitem', { name: 'Show in folder' })).toBeVisible();
    await expect.element(page.getByRole('menuitem', { name: 'Open' })).not.toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('button', { name: 'Copy setup.exe' })).not.toBeInTheDocument();
  });

  it('says why it could not be opened, and stays where it is when it cannot be used', async () => {
    const bridge = open({ artifacts: [hills] });
    bridge.script('results:open', () => failure('artifact-not-opened', 'hills.png'));
    bridge.script('results:use', () => failure('artifact-gone', 'hills.png'));
    await choose('More for hills.png', 'Open');
    await expect.element(page.getByText('hills.png could not be opened.')).toBeVisible();
    await choose('More for hills.png', 'Use in another recipe');
    await expect.element(page.getByText('hills.png is no longer on the server.')).toBeVisible();
    await expect.element(page.getByRole('heading', { level: 1, name: 'Upscale photo' })).toBeVisible();
  });

  it('leaves by a drag of the desktop, after which things can be dropped again', async () => {
    const bridge = open({ artifacts: [hills] });
    const card = page.getByRole('button', { name: 'Enlarge hills.png' });
    await expect.element(card).toBeVisible();
    const begun = new DragEvent('dragstart', { bubbles: true, cancelable: true });
    card.element().dispatchEvent(begun);
    expect(begun.defaultPrevented).toBe(true);
    expect(bridge.requests('results:drag')).toEqual([{ runId: 'r1', positions: [0] }]);

    const over = (): boolean => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'hills.png', { type: 'image/png' }));
      const event = new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: transfer });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(over()).toBe(false);
    document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true, relatedTarget: null }));
    expect(over()).toBe(true);
  });
});

describe('a text of a result', () => {
  it('is saved, and used in another recipe', async () => {
    const bridge = open({ texts: ['an answer'], objects: ['{"a": 1}'], artifacts: [] });
    await choose('More for this text', 'Save as');
    await expect.element(page.getByText('Saved as Upscale photo.md')).toBeVisible();
    await choose('More for this data', 'Use in another recipe');
    await expect.element(page.getByRole('region', { name: 'Recipes' })).toBeVisible();
    expect(bridge.requests('results:save-part')).toEqual([{ runId: 'r1', part: 'text', position: 0 }]);
    expect(bridge.requests('results:use-part')).toEqual([{ runId: 'r1', part: 'object', position: 0 }]);
  });
});

describe('Save all', () => {
  const many = Array.from({ length: 18 }, (_, index) => anArtifact(index, `sheet ${index}.png`));

  it('shows the names a rule gives, and says what is wrong with one', async () => {
    const bridge = open({ artifacts: many });
    await press('Save all');
    const names = page.getByLabelText('Names');
    await expect.element(names).toHaveValue('{name}');
    await expect.element(page.getByText('and 12 more')).toBeVisible();
    await names.fill('holiday {name}');
    await expect.element(page.getByRole('dialog').getByTitle('holiday sheet 0.png')).toBeVisible();
    await names.fill('a/b');
    await expect.element(page.getByText('A name cannot hold / or \\.')).toBeVisible();
    await expect
      .element(page.getByRole('button', { name: 'Save', exact: true }))
      .toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('{Enter}');
    expect(bridge.requests('results:save-all')).toEqual([]);
    expect(bridge.requests('results:save-plan').at(-1)).toEqual({ runId: 'r1', rule: 'holiday {name}' });
  });

  it('saves to the folder that was chosen, and says how many', async () => {
    const bridge = open({ artifacts: [hills, setup] });
    await press('Save all');
    await press('Choose folder');
    await expect.element(page.getByText('/home/ada/Pictures')).toBeVisible();
    await press(/^Save$/);
    await expect.element(page.getByText('Saved 2 files in /home/ada/Pictures')).toBeVisible();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(bridge.requests('results:save-all')).toEqual([{ runId: 'r1', rule: '{name}' }]);
  });

  it('names what could not be saved', async () => {
    const bridge = open({ artifacts: [hills, setup] });
    bridge.script('results:save-all', () => ({ ok: true, value: { folder: '/x', files: 1, failed: ['setup.exe'] } }));
    await press('Save all');
    await press(/^Save$/);
    await expect.element(page.getByText('Saved 1 of 2 files in /x')).toBeVisible();
    await expect.element(page.getByText('Missing: setup.exe.')).toBeVisible();
  });

  it('stays open with the reason when nothing could be saved, and when no folder was chosen', async () => {
    const bridge = open({ artifacts: [hills] });
    bridge.script('results:save-all', () => failure('disk-full'));
    await press('Save all');
    await press(/^Save$/);
    await expect.element(page.getByRole('dialog').getByText('The disk is full.')).toBeVisible();
    bridge.script('results:save-all', () => ({ ok: true, value: { folder: null, files: 0, failed: [] } }));
    await press(/^Save$/);
    await expect.element(page.getByText('The disk is full.')).not.toBeInTheDocument();
    await expect.element(page.getByRole('dialog')).toBeVisible();
  });
});

describe('the receipt', () => {
  it('tells what was sent, without secrets, and gives it as a script', async () => {
    const bridge = open({ artifacts: [] });
    bridge.script('results:sent', () => ({
      ok: true,
      value: {
        start: 'taken',
        requests: [
          { method: 'POST', path: '/fid', file: 'harbour.png', body: 'size: 2 KB', cut: 0 },
          { method: 'POST', path: '/api/v1/workflow/exec', file: null, body: '{ "a": 1 }', cut: 1_200 },
        ],
      },
    }));
    await press('What was sent');
    const dialog = page.getByRole('dialog', { name: 'What was sent' });
    await expect.element(dialog.getByRole('heading', { name: 'harbour.png' })).toBeVisible();
    await expect.element(dialog.getByText('POST /api/v1/workflow/exec')).toBeVisible();
    await expect.element(dialog.getByText('and 1,200 more characters')).toBeVisible();
    await press('Close');
    await press('Copy as curl');
    await expect.element(page.getByText('Set OMNITOOL_TOKEN before you run it.')).toBeVisible();
    expect(bridge.requests('results:copy-curl')).toEqual([{ runId: 'r1' }]);
  });

  it('says of each file what was changed on the way, and has a sum of what was sent', async () => {
    const sent = { size: 24, sha256: 'beef0123'.repeat(8) };
    const files = [
      aReceiptFile({
        ...{ name: 'ids.json', kind: 'json', size: 27, sha256: 'c0ffee12'.repeat(8), sentAs: 'json', sent },
        changes: [{ kind: 'mark' }, { kind: 'number', written: '9007199254740993', read: '9007199254740992' }],
      }),
      aReceiptFile({ name: 'Größe.PNG', changes: [{ kind: 'name', sent: 'Grosse.PNG', kept: 'grosse.png' }] }),
    ];
    open({ receipt: { ...aResult().receipt, files } });
    await expect.element(page.getByText('Sent without the byte order mark at its beginning')).toBeVisible();
    await expect.element(page.getByText('The server reads 9007199254740993 as 9007199254740992')).toBeVisible();
    await expect.element(page.getByText('The server calls it “grosse.png”')).toBeVisible();
    await expect.element(page.getByText(/^What was sent: 24 bytes · beef0123beef/)).toBeVisible();
    await expect.element(page.getByText(/^What was sent: /)).toBeVisible();
  });

  it('has the log folded under it', async () => {
    const bridge = open({});
    const at = new Date(2026, 10, 25, 14, 2, 11).getTime();
    bridge.script('results:log', () => ({
      ok: true,
      value: { entries: [{ at, state: 'queued', reason: null, detail: null }], files: 0, bytes: 0, tookMs: null },
    }));
    const summary = page.getByText('Log', { exact: true });
    await expect.element(summary).toBeVisible();
    expect(bridge.requests('results:log')).toEqual([]);
    await summary.click();
    await expect.element(page.getByText('14:02:11')).toBeVisible();
    await expect.element(page.getByText('Queued')).toBeVisible();
    bridge.script('results:log', () => ({ ok: true, value: { entries: [], files: 0, bytes: 0, tookMs: null } }));
    bridge.emit('run:changed', anEndedRun({ state: 'failed' }));
    await expect.element(page.getByText('There is no log of this run.')).toBeVisible();
  });
});

describe('a whole result', () => {
  it('is dragged out by its button', async () => {
    const bridge = open({ artifacts: [hills, setup] });
    const save = page.getByRole('button', { name: 'Save all' });
    await expect.element(save).toHaveAttribute('draggable', 'true');
    save.element().dispatchEvent(new DragEvent('dragstart', { bubbles: true, cancelable: true }));
    expect(bridge.requests('results:drag')).toEqual([{ runId: 'r1', positions: [0, 1] }]);
  });

  it('is exported as a folder, and used in another recipe with all its files', async () => {
    const bridge = open({ artifacts: [hills, setup] });
    bridge.script('results:export', () => ({ ok: true, value: { folder: '/x', files: 3, failed: ['gone.png'] } }));
    await choose('More for this result', 'Export as folder');
    await expect.element(page.getByText('Exported 3 of 4 files in /x')).toBeVisible();
    await expect.element(page.getByText('Missing: gone.png.')).toBeVisible();
    await choose('More for this result', 'Use all files in another recipe');
    await expect.element(page.getByRole('region', { name: 'Recipes' })).toBeVisible();
    expect(bridge.requests('results:use')).toEqual([{ runId: 'r1', positions: [0, 1] }]);
  });
});
