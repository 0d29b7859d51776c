import type { Bridge } from '../bridge/bridge.ts';
import type { AttachmentView } from '../contract.ts';
import { type DrawnPng, toPng } from '../to-png.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Makes a PNG of a picture of the draft. Null when it cannot be read or drawn, which a toast says. */
export async function convertToPng(
  { id: attachmentId, name, mime }: AttachmentView,
  bridge: Bridge,
  toasts: Toasts,
): Promise<DrawnPng | null> {
  const picture = await toasts.answer(bridge.call('draft:picture', { attachmentId }));
  if (picture === undefined) return null;
  const drawn = await toPng(picture, mime);
  if (drawn === null)
    toasts.show(`${name} could not be opened here.`, {
      tone: 'problem',
      detail: 'Save it as PNG with another program, then add that file.',
    });
  return drawn;
}
