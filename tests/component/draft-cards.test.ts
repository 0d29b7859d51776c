import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { open, run } from './support/launcher.ts';
import { anAttachment } from './support/samples.ts';

describe('an attachment card', () => {
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
