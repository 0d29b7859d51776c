import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { aField, aForm, openForm, someFiles } from './support/form-samples.ts';
import { anAttachment } from './support/samples.ts';
import type { ScriptedBridge } from './support/scripted-bridge.ts';

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const area = () => page.getByRole('application', { name: 'Drawing on the picture' });

/** A grey picture of 400 × 200 pixels. */
async function aPicture(): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(400, 200);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas.');
  context.fillStyle = '#808080';
  context.fillRect(0, 0, 400, 200);
  return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
}

/** The colours of a PNG at some places, as [red, green, blue]. */
async function coloursOf(png: Uint8Array | undefined, places: readonly (readonly [number, number])[]) {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(png ?? [])]));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  const colours = places.map(([x, y]) => [...(context?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3));
  return { size: [bitmap.width, bitmap.height], colours };
}

const files = (key: string, isDrawing = false) => aField(key, { control: someFiles({ isDrawing }) });

async function open(fields = [files('photo'), files('mask', true)]): Promise<ScriptedBridge> {
  const bytes = await aPicture();
  // A drawing is kept for its picture, also when the page is opened again.
  const photo = anAttachment({
    id: crypto.randomUUID(),
    name: 'photo.png',
    mime: 'image/png',
    picture: 'data:,',
    field: 'photo',
  });
  const bridge = openForm(aForm(fields), { draft: { attachments: [photo] } });
  bridge.script('draft:picture', () => ({ ok: true, value: bytes }));
  return bridge;
}

describe('drawing on a picture', () => {
  it('makes a mask of the size of the picture, by keyboard alone', async () => {
    const bridge = await open();
    await button(/^Draw on photo.png/).click();
    await expect.element(area()).toBeVisible();
    await expect.element(button('Use it')).toHaveAttribute('aria-disabled', 'true');
    area().element().focus();
    await userEvent.keyboard(' ');
    await expect.element(page.getByText('Pen down, 50 % from the left, 50 % from the top')).toBeInTheDocument();
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift} ');
    await button('Use it').click();
    await expect.poll(() => bridge.requests('draft:add').length).toBe(1);
    const [made] = bridge.requests('draft:add')[0]?.unsaved ?? [];
    expect(made?.name).toBe('photo mask.png');
    expect(
      await coloursOf(made?.bytes ?? undefined, [
        [200, 100],
        [270, 100],
        [50, 50],
      ]),
    ).toEqual({
      size: [400, 200],
      colours: [
        [255, 255, 255],
        [255, 255, 255],
        [0, 0, 0],
      ],
    });
  });

  it('draws with the mouse on the picture itself, and sends both', async () => {
    const bridge = await open([files('photo', true)]);
    await button(/^Draw on it/).click();
    await expect.element(area()).toBeVisible();
    await area().click();
    await button('Use it').click();
    await expect.poll(() => bridge.requests('draft:convert').length).toBe(1);
    const [request] = bridge.requests('draft:convert');
    expect(request).toMatchObject({ drawn: 'picture', width: 400, height: 200, scaledFrom: null });
    expect(
      await coloursOf(request?.png, [
        [200, 100],
        [350, 150],
      ]),
    ).toEqual({
      size: [400, 200],
      colours: [
        [229, 0, 43],
        [128, 128, 128],
      ],
    });
  });

  it('undoes, erases, clears, and keeps what was drawn when it is closed', async () => {
    await open();
    await button(/^Draw on photo.png/).click();
    await area().click();
    await button('Undo').click();
    await expect.element(page.getByText('Draw something first.')).toBeVisible();
    await button('Redo').click();
    await page.getByText('Black mask').click();
    await userEvent.keyboard('{Escape}');
    await button(/^Draw on photo.png/).click();
    await expect.element(page.getByText('What you draw is black, the rest is white.')).toBeVisible();
    await button('Clear').click();
    await expect.element(button('Use it')).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(button('Use it')).not.toHaveAttribute('aria-disabled');
  });

  it('says that a picture cannot be drawn on', async () => {
    const bridge = await open();
    bridge.script('draft:picture', () => ({ ok: true, value: new TextEncoder().encode('no picture') }));
    await button(/^Draw on photo.png/).click();
    await expect.element(page.getByText('photo.png: This picture cannot be drawn on here.')).toBeVisible();
  });
});
