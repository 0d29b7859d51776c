import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ResultInputView } from '../../electron/contract/views.ts';
import { anArtifact, aPicture, openResult } from './support/open-result.ts';

const scale = () => page.getByRole('status', { name: 'Scale' });
const shown = (name: string) => page.getByRole('dialog', { name }).getByRole('img', { name, exact: true });
const box = (name: string): DOMRect => shown(name).element().getBoundingClientRect();

const pictures = () => [
  anArtifact({ name: 'one.png', url: aPicture(2_000, 1_000) }),
  anArtifact({ position: 1, name: 'two.png', url: aPicture(40, 40, 'plum') }),
];
const anInput = (change: Partial<ResultInputView> = {}): ResultInputView => ({
  position: 0,
  name: 'before.png',
  kind: 'image',
  mime: 'image/png',
  size: 10,
  picture: aPicture(400, 200, 'gold'),
  ...change,
});

async function enlarge(name: string): Promise<void> {
  await page.getByRole('button', { name: `Enlarge ${name}` }).click();
  await expect.element(shown(name)).toBeVisible();
}

describe('a picture that is enlarged', () => {
  it('fits, and is zoomed and moved with the keyboard', async () => {
    openResult({ artifacts: pictures() });
    await enlarge('one.png');
    const whole = box('one.png');
    expect(whole.width).toBeLessThan(930);
    expect(Math.round(whole.width / whole.height)).toBe(2);
    const percent = Math.round(whole.width / 20);
    await expect.element(scale()).toHaveTextContent(`${percent} %`);
    await userEvent.keyboard('+');
    await expect.poll(() => Math.round((box('one.png').width / whole.width) * 10)).toBe(15);
    const before = box('one.png').left;
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => Math.round(before - box('one.png').left)).toBe(60);
    await userEvent.keyboard('0');
    await expect.poll(() => Math.round(box('one.png').width)).toBe(Math.round(whole.width));
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(shown('two.png')).toBeVisible();
    await expect.element(scale()).toHaveTextContent('100 %');
  });

  it('is zoomed towards the pointer with the wheel, and dragged', async () => {
    openResult({ artifacts: pictures() });
    await enlarge('one.png');
    const picture = shown('one.png').element();
    const whole = box('one.png');
    const at = { clientX: whole.left + whole.width / 4, clientY: whole.top + whole.height / 2 };
    picture.dispatchEvent(new WheelEvent('wheel', { deltaY: -500, bubbles: true, cancelable: true, ...at }));
    await expect.poll(() => box('one.png').width).toBeGreaterThan(whole.width * 2);
    const now = box('one.png');
    expect((at.clientX - now.left) / now.width).toBeCloseTo(0.25, 2);
    await page.getByRole('button', { name: 'Fit' }).click();
    await expect.poll(() => Math.round(box('one.png').width)).toBe(Math.round(whole.width));
  });

  it('is at its own size, or whole, by a double click; single pixels are seen when it is very large', async () => {
    openResult({ artifacts: pictures() });
    await enlarge('two.png');
    await shown('two.png').dblClick();
    await expect.element(scale()).toHaveTextContent('200 %');
    await shown('two.png').dblClick();
    await expect.element(scale()).toHaveTextContent('100 %');
    for (let press = 0; press < 4; press += 1) await page.getByRole('button', { name: 'Larger' }).click();
    await expect.element(scale()).toHaveTextContent('506 %');
    expect(getComputedStyle(shown('two.png').element()).imageRendering).toBe('pixelated');
  });

  it('is chosen from small ones, and the dialog does not move', async () => {
    openResult({ artifacts: pictures() });
    await enlarge('one.png');
    const dialog = (name: string): DOMRect => page.getByRole('dialog', { name }).element().getBoundingClientRect();
    const before = dialog('one.png');
    await page.getByRole('button', { name: 'two.png', exact: true }).click();
    await expect.element(shown('two.png')).toBeVisible();
    expect(dialog('two.png')).toEqual(before);
    await expect
      .element(page.getByRole('button', { name: 'two.png', exact: true }))
      .toHaveAttribute('aria-current', 'true');
  });
});

describe('a picture and what was sent for it', () => {
  const slider = () => page.getByRole('slider', { name: 'How much is shown of the picture before' });

  it('lie one over the other, with a border that the keyboard moves', async () => {
    openResult({ artifacts: pictures(), inputs: [anInput()] });
    await enlarge('one.png');
    await page.getByText('Compare', { exact: true }).click();
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '50 % before, 50 % after');
    const [after, before] = [...document.querySelectorAll('.box img')].map((each) => each.getBoundingClientRect());
    expect(before?.toJSON()).toEqual(after?.toJSON());
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '51 % before, 49 % after');
    // The arrow was the slider's: it is still the same picture.
    await expect.element(page.getByRole('dialog', { name: 'one.png' })).toBeVisible();
    await page.getByText('Side by side').click();
    await expect.element(page.getByRole('img', { name: 'before.png, as it was sent' })).toBeVisible();
    await expect.element(page.getByText('Before', { exact: true })).toBeVisible();
  });

  it('are those at the same place, unless another is chosen', async () => {
    openResult({ artifacts: pictures(), inputs: [anInput(), anInput({ position: 1, name: 'other.png' })] });
    await enlarge('two.png');
    await page.getByText('Side by side').click();
    await expect.element(page.getByRole('img', { name: 'other.png, as it was sent' })).toBeVisible();
    await page.getByLabelText('Picture to compare with').selectOptions('before.png');
    await expect.element(page.getByRole('img', { name: 'before.png, as it was sent' })).toBeVisible();
  });

  it('say so when what was sent is gone', async () => {
    openResult({ artifacts: pictures(), inputs: [anInput({ picture: null })] });
    await enlarge('one.png');
    await page.getByText('Compare', { exact: true }).click();
    await expect.element(page.getByText('The picture that was sent is no longer on this computer.')).toBeVisible();
  });

  it('are not offered where no picture was sent', async () => {
    openResult({ artifacts: pictures() });
    await enlarge('one.png');
    expect(page.getByText('Side by side').elements()).toHaveLength(0);
  });
});

describe('a picture that is very large', () => {
  it('is not drawn by itself: its size is said, and a press shows it', async () => {
    const bridge = openResult({ artifacts: [anArtifact({ name: 'map.png', url: 'data:image/png;base64,none' })] });
    bridge.script('results:picture-size', () => ({ ok: true, value: { width: 20_000, height: 20_000 } }));
    await expect.element(page.getByText('Large picture, 20,000 × 20,000')).toBeVisible();
    expect(bridge.requests('results:picture-size')).toHaveLength(1);
    await page.getByRole('button', { name: 'Show map.png' }).click();
    await expect.element(page.getByText('It cannot be shown here.')).toBeVisible();
  });
});
