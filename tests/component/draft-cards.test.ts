import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AttachmentView } from '../../electron/contract/views.ts';
import { drop, dropData, dragged, fire, open, recipes, run } from './support/launcher.ts';
import { openApp } from './support/open.ts';
import { anAttachment, aRecipe, aRun } from './support/samples.ts';

describe('what is dropped', () => {
  it('is added from anywhere in the window; what is on no disk comes with its bytes', async () => {
    const bridge = open({ recipeId: 'upscale' });
    await expect.element(run()).toBeVisible();
    drop([new File(['x'], 'a.png', { type: 'image/png' }), new File(['xyz'], 'unsaved.png', { type: 'image/png' })]);
    await expect.element(page.getByRole('button', { name: 'Remove a.png' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Remove unsaved.png' })).toBeVisible();
    const [added] = bridge.requests('draft:add');
    expect(added).toMatchObject({ paths: ['/home/ada/a.png'], texts: [] });
    expect(added?.unsaved).toEqual([{ name: 'unsaved.png', size: 3, bytes: new TextEncoder().encode('xyz') }]);
  });

  it('can be text, or several links', async () => {
    const bridge = open();
    await expect.element(run()).toBeVisible();
    drop([], 'some words');
    await expect.poll(() => bridge.requests('draft:add').at(-1)?.texts).toEqual(['some words']);
    dropData({ 'text/uri-list': '# two\r\nhttps://a.example\r\nhttps://b.example', 'text/plain': 'ignored' });
    await expect
      .poll(() => bridge.requests('draft:add').at(-1)?.texts)
      .toEqual(['https://a.example', 'https://b.example']);
  });

  it('has the recipes answer: those that take it are raised, the others say why not', async () => {
    const bridge = open({ recipeId: 'upscale' });
    bridge.script('runs:drop', () => ({ ok: true, value: { runs: [aRun({ id: 'new' })], undoUntil: null } }));
    const row = (name: RegExp) => page.getByRole('option', { name });
    await expect.element(row(/Summarise/)).toBeVisible();
    const transfer = dragged([new File(['x'], 'a.png', { type: 'image/png' })]);
    fire(document.body, 'dragenter', transfer);
    await expect.element(row(/Summarise/).getByText('Takes documents')).toBeVisible();
    await expect.element(row(/Summarise/)).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByText('Drop on a recipe to run it, or here to choose later')).toBeVisible();
    fire(row(/Caption/).element(), 'dragover', transfer);
    await expect.element(row(/Caption/).getByText('Drop to run at once')).toBeVisible();
    fire(row(/Caption/).element(), 'drop', transfer);
    await expect.poll(() => bridge.requests('runs:drop').map(({ recipeId }) => recipeId)).toEqual(['chat']);
    await expect.element(page.getByText('Upscale photo is on its way')).toBeVisible();
    await expect.element(row(/Summarise/)).not.toHaveAttribute('aria-disabled');
    expect(bridge.requests('draft:add')).toEqual([]);
  });

  it('is added where the recipe under it does not take it', async () => {
    const bridge = open({ recipeId: 'upscale' });
    const row = page.getByRole('option', { name: /Summarise/ });
    await expect.element(row).toBeVisible();
    const transfer = dragged([new File(['x'], 'a.png', { type: 'image/png' })]);
    fire(document.body, 'dragenter', transfer);
    await expect.element(row).toHaveAttribute('aria-disabled', 'true');
    fire(row.element(), 'drop', transfer);
    await expect.poll(() => bridge.requests('draft:add')).toHaveLength(1);
    expect(bridge.requests('runs:drop')).toEqual([]);
  });

  it('brings the recipe last used for such things, first in the list, and Enter runs it', async () => {
    const bridge = openApp({
      recipes: { ...recipes, lastUsedFor: { image: 'chat' } },
      draft: {
        attachments: [],
        recipeId: 'sum',
        message: '',
        data: '',
        mode: 'together',
        undoable: null,
        redoable: null,
      },
    });
    await expect.element(run()).toBeVisible();
    bridge.app = { ...bridge.app, draft: { ...bridge.app.draft, attachments: [anAttachment()] } };
    bridge.emit('draft:changed', bridge.app.draft);
    await expect.poll(() => bridge.requests('draft:edit').at(-1)).toEqual({ recipeId: 'chat' });
    await expect.element(page.getByRole('option').first().getByText('Caption')).toBeVisible();
    await expect.element(page.getByText(/^Last used for these/)).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => bridge.requests('runs:start')).toHaveLength(1);
  });

  it('shows the recipes from every view, and goes back when the drag leaves', async () => {
    open();
    await page.getByRole('button', { name: /^Activity/ }).click();
    await expect.element(page.getByRole('heading', { name: 'Activity' })).toBeVisible();
    const transfer = dragged([new File(['x'], 'a.png', { type: 'image/png' })]);
    fire(document.body, 'dragenter', transfer);
    await expect.element(page.getByRole('region', { name: 'Recipes' })).toBeVisible();
    fire(document.body, 'dragleave', transfer);
    await expect.element(page.getByRole('heading', { name: 'Activity' })).toBeVisible();
  });
});

describe('what is on the table', () => {
  const three = ['a', 'b', 'c'].map((id) => anAttachment({ id, name: `${id}.png` }));
  const names = () =>
    page
      .getByRole('button', { name: /^Remove / })
      .elements()
      .map((each) => each.ariaLabel);

  it('is put in another order with the arrow keys, and says where it is', async () => {
    open({ recipeId: 'upscale', attachments: three });
    const handle = page.getByRole('button', { name: 'Move c.png with the arrow keys' });
    await expect.element(handle).toBeVisible();
    (handle.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    await expect.poll(names).toEqual(['Remove c.png', 'Remove a.png', 'Remove b.png']);
    await expect.element(handle).toHaveFocus();
    await expect.element(page.getByText('c.png is number 1 of 3')).toBeInTheDocument();
  });

  it('offers the files of a folder', async () => {
    const folder = { files: 14, bytes: 5_000_000, kinds: { image: 12, document: 2 }, isCut: false };
    const bridge = open({ recipeId: 'upscale', attachments: [anAttachment({ problem: 'folder', folder })] });
    await expect.element(page.getByText('Folder with 12 images and 2 documents, 4.8 MB')).toBeVisible();
    await expect.element(page.getByText('Add the files of the folder, or remove it, to run.')).toBeVisible();
    await page.getByRole('button', { name: 'Add the 14 files' }).click();
    expect(bridge.requests('draft:open-folder')).toEqual([{ attachmentId: 'a1' }]);
  });

  it('says which files are still looked at, and which drive does not answer', async () => {
    const bridge = open({
      recipeId: 'upscale',
      attachments: [anAttachment({ id: 'a1', name: 'slow.png', problem: 'looking' })],
    });
    await expect.element(page.getByText('This is being checked.')).toBeVisible();
    await expect.element(page.getByText('One item is being checked.')).toBeVisible();
    bridge.emit('draft:changed', {
      ...bridge.app.draft,
      attachments: [anAttachment({ id: 'a1', name: 'slow.png', problem: 'unanswered' })],
    });
    await expect
      .element(page.getByText('This is on a drive that does not answer. Check that it is connected.'))
      .toBeVisible();
    await page.getByRole('button', { name: 'Look again' }).click();
    expect(bridge.requests('draft:look-again')).toEqual([{ attachmentId: 'a1' }]);
  });

  it('says of several items that each says what it needs, as they need different things', async () => {
    const bridge = open({
      recipeId: 'upscale',
      attachments: [anAttachment({ id: 'a1', problem: 'looking' }), anAttachment({ id: 'a2', problem: 'looking' })],
    });
    await expect.element(page.getByText('2 items are being checked.')).toBeVisible();
    bridge.emit('draft:changed', {
      ...bridge.app.draft,
      attachments: [anAttachment({ id: 'a1', problem: 'looking' }), anAttachment({ id: 'a2', problem: 'empty' })],
    });
    await expect.element(page.getByText('2 items cannot be sent yet. Each says what it needs.')).toBeVisible();
  });

  it('makes a PNG of a picture the server does not take', async () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"/>');
    const picture = anAttachment({
      name: 'logo.svg',
      mime: 'image/svg+xml',
      convertible: true,
    });
    const bridge = open({ recipeId: 'upscale', attachments: [picture] });
    bridge.script('draft:picture', () => ({ ok: true, value: svg }));
    await expect.element(page.getByText('Some recipes cannot open it')).toBeVisible();
    await page.getByRole('button', { name: 'Convert to PNG' }).click();
    await expect.element(page.getByRole('button', { name: 'Remove converted.png' })).toBeVisible();
    const png = new Blob([new Uint8Array(bridge.requests('draft:convert')[0]?.png ?? [])]);
    const { width, height } = await createImageBitmap(png);
    // A drawing is drawn large enough to be of use.
    expect([width, height]).toEqual([1_024, 512]);
    expect(bridge.requests('draft:convert')[0]).toMatchObject({ width, height, scaledFrom: { width: 10, height: 5 } });
  });

  it('warns of a picture that not every recipe can open, and lets it be sent as it is', async () => {
    const photo = anAttachment({ name: 'beach.jpg', mime: 'image/heic', size: 2_202_010 });
    open({ recipeId: 'upscale', attachments: [photo] });
    await expect.element(page.getByText('HEIC photo named .jpg · 2.1 MB')).toBeVisible();
    await expect.element(page.getByText('Some recipes cannot open it')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Convert to PNG' })).not.toBeInTheDocument();
    await expect.element(run()).not.toHaveAttribute('aria-disabled');
  });

  it('sends the same picture as a document without a warning where the recipe takes documents', async () => {
    const photo = anAttachment({ name: 'scan.tif', mime: 'image/tiff' });
    open({ recipeId: 'sum', attachments: [photo] });
    await expect.element(page.getByText(/^TIFF picture · /)).toBeVisible();
    await expect.element(page.getByText(/Some recipes cannot/)).not.toBeInTheDocument();
    await expect.element(page.getByText('Will not be used')).not.toBeInTheDocument();
    await expect.element(run()).not.toHaveAttribute('aria-disabled');
  });

  it('lets a common picture be sent as a document to a recipe that takes no images', async () => {
    const bridge = open({ recipeId: 'sum', attachments: [anAttachment()] });
    await expect.element(page.getByText('Will not be used')).toBeVisible();
    await expect.element(run()).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('button', { name: /How to send harbour at dusk.png$/ }).click();
    await page.getByRole('menuitemradio', { name: 'As document' }).click();
    expect(bridge.requests('draft:send-as')).toEqual([{ attachmentId: 'a1', sendAs: 'documents' }]);
    await expect.element(page.getByText('Will not be used')).not.toBeInTheDocument();
    await expect.element(run()).not.toHaveAttribute('aria-disabled');
  });

  it('says of a PNG what it was made of, and takes the original back', async () => {
    const from = {
      name: 'beach.avif',
      mime: 'image/avif',
      size: 900,
      sha256: null,
      width: 8,
      height: 4,
      scaledFrom: null,
    };
    const made = anAttachment({ name: 'beach.png', changes: [{ kind: 'png', from }] });
    const bridge = open({ recipeId: 'upscale', attachments: [made] });
    await expect
      .element(page.getByText(/^Made of beach.avif \(AVIF picture\): its first frame, colours as 8-bit sRGB/))
      .toBeVisible();
    await page.getByRole('button', { name: 'Use the original' }).click();
    expect(bridge.requests('draft:use-original')).toEqual([{ attachmentId: 'a1' }]);
  });

  it('keeps a picture that cannot be converted, and says what to do', async () => {
    const broken = anAttachment({ name: 'broken.bmp', mime: 'image/bmp', convertible: true });
    const bridge = open({ recipeId: 'upscale', attachments: [broken] });
    bridge.script('draft:picture', () => ({ ok: true, value: new TextEncoder().encode('BM') }));
    await page.getByRole('button', { name: 'Convert to PNG' }).click();
    await expect.element(page.getByText('broken.bmp could not be opened here.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Remove broken.bmp' })).toBeVisible();
  });

  it('takes a link that is written, and says when it is none', async () => {
    const bridge = open({ recipeId: 'upscale' });
    await page.getByRole('button', { name: 'Add a link' }).click();
    await page.getByLabelText('Link', { exact: true }).fill('not a link');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/This is no web address/)).toBeVisible();
    await page.getByLabelText('Link', { exact: true }).fill('example.org/a');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => bridge.requests('draft:add').at(-1)?.texts).toEqual(['https://example.org/a']);
    await expect.element(page.getByLabelText('Link', { exact: true })).not.toBeInTheDocument();
  });
});

describe('a data file', () => {
  const shape = {
    takes: ['json', 'documents'],
    gives: ['text'],
    givesInChat: [],
    needsForm: false,
    warnings: [],
  } as const;
  const openWith = (change: Partial<AttachmentView>) => {
    const list = [aRecipe({ id: 'data', name: 'Order', shape })];
    const attachments = [anAttachment({ name: 'ids.json', kind: 'json', mime: 'application/json', ...change })];
    const written = { message: '', data: '', mode: 'together', undoable: null, redoable: null } as const;
    const draft = { attachments, recipeId: 'data', ...written };
    return openApp({ recipes: { ...recipes, recipes: list }, draft });
  };

  it('warns of what the server would not keep, until it is sent as a document', async () => {
    openWith({ changes: [{ kind: 'number', written: '9007199254740993', read: '9007199254740992' }] });
    await expect.element(page.getByText('The server reads 9007199254740993 as 9007199254740992')).toBeVisible();
    await page.getByRole('button', { name: /How to send ids.json$/ }).click();
    await page.getByRole('menuitemradio', { name: 'As document' }).click();
    await expect.element(page.getByText(/^The server reads/)).not.toBeInTheDocument();
  });

  it('says why it goes as a document', async () => {
    openWith({ kind: 'document', changes: [{ kind: 'not-data', why: 'utf-16' }] });
    await expect.element(page.getByText('Not sent as data: it is in UTF-16, and data is read as UTF-8')).toBeVisible();
  });
});

describe('data written by hand', () => {
  const data = aRecipe({
    id: 'data',
    name: 'Order',
    shape: { takes: ['json'], gives: ['text'], givesInChat: [], needsForm: false, warnings: [] },
  });
  const openData = () =>
    openApp({
      recipes: { ...recipes, recipes: [data, ...recipes.recipes] },
      draft: {
        attachments: [],
        recipeId: 'data',
        message: '',
        data: '',
        mode: 'together',
        undoable: null,
        redoable: null,
      },
    });

  it('is checked as it is written, and runs once it can be read', async () => {
    const bridge = openData();
    const field = page.getByLabelText('Data', { exact: true });
    await field.fill('{"a": 1\n"b": 2}');
    await expect.element(page.getByText('Line 2, character 1: a comma is missing.', { exact: true })).toBeVisible();
    await expect.element(run()).toHaveAttribute('aria-disabled', 'true');
    await field.fill('12');
    await expect
      .element(page.getByText('It has to be an object in { } or a list in [ ].', { exact: true }))
      .toBeVisible();
    await field.fill('[{"a": 1}]');
    await expect.element(page.getByText('Can be read')).toBeVisible();
    await expect.element(page.getByText('Sends data, to Home server')).toBeVisible();
    await expect.poll(() => bridge.requests('draft:edit').at(-1)).toEqual({ data: '[{"a": 1}]' });
  });

  it('says what the server would read as something else', async () => {
    openData();
    const field = page.getByLabelText('Data', { exact: true });
    await field.fill('{"id": 9007199254740993}');
    await expect
      .element(page.getByText('The server reads 9007199254740993 as 9007199254740992', { exact: true }))
      .toBeVisible();
    await field.fill('{"a": 1, "a": 2}');
    await expect.element(page.getByText(/“a” is in one object twice/)).toBeVisible();
  });

  it('is not lost with another recipe, which says that it will not be used', async () => {
    openData();
    await page.getByLabelText('Data', { exact: true }).fill('{');
    await page.getByRole('option', { name: /Caption/ }).click();
    await expect.element(page.getByText('Will not be used: this recipe takes no data')).toBeVisible();
    await expect.element(page.getByLabelText('Data', { exact: true })).toHaveValue('{');
  });
});
