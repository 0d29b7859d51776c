import type { UnsavedFile } from '../../../contract/calls/dropped.ts';
import { MAX_BYTES } from '../../../contract/limits.ts';
import { textThing } from '../../../contract/long-text.ts';
import type { Attachment } from '../../model/attachment.ts';
import { isShown } from '../../model/attachments.ts';
import { fileErrorOf } from '../../base/file-error.ts';
import { readStart } from '../../user-files/open-file.ts';
import { userFiles } from '../../user-files/user-files.ts';
import { AppError } from '../../base/coded-error.ts';
import { draftFromRun } from '../undo-start.ts';
import { usePreset } from '../use-preset.ts';
import type { Area, HandlerPorts } from './ports.ts';

/** Editing the draft: files, text, clipboard, undo. */
export function draftHandlers({ core, desktop }: HandlerPorts): Area<'draft'> {
  const { draft } = core;
  return {
    'draft:add': (items) => draft.add(items),
    'draft:pick-files': async () => draft.add({ paths: await desktop.pickFiles() }),
    'draft:pick-folder': async () => {
      const folder = await desktop.pickFolder('Add a folder');
      return folder === null ? draft.view() : draft.add({ paths: [folder] });
    },
    // The richest form of what was copied: files, then a picture, then text.
    'draft:paste': async () => {
      const { text, files, picture } = await desktop.readClipboard();
      if (files.length > 0) return draft.add({ paths: files });
      if (picture !== null) return draft.add({ unsaved: [pastedPicture(picture)] });
      return draft.add(textThing(text, 'Pasted text'));
    },
    'draft:open-folder': ({ attachmentId }) => draft.openFolder(attachmentId),
    'draft:look-again': ({ attachmentId }) => draft.lookAgain(attachmentId),
    'draft:send-as': ({ attachmentId, sendAs }) => draft.place(attachmentId, { sendAs }),
    'draft:fill-field': ({ attachmentId, field }) => draft.place(attachmentId, { field }),
    'draft:fill-also': ({ attachmentId, from, to }) => draft.fillAlso(attachmentId, from, to),
    'draft:picture': ({ attachmentId, original }) => pictureOf(draft.attachment(attachmentId), original === true),
    'draft:convert': ({ attachmentId, ...drawn }) => draft.convert(attachmentId, drawn),
    'draft:use-original': ({ attachmentId }) => draft.useOriginal(attachmentId),
    'draft:move': ({ attachmentId, to }) => draft.move(attachmentId, to),
    'draft:remove': ({ attachmentId }) => draft.remove(attachmentId),
    'draft:clear': () => draft.clear(),
    'draft:undo': ({ step }) => draft.undo(step),
    'draft:redo': () => draft.redo(),
    'draft:edit': (edit) => draft.edit(edit),
    'draft:use-preset': ({ presetId }) => usePreset(core, presetId),
    'draft:from-run': ({ runId }) => draftFromRun(core, runId),
  };
}

/** @throws AppError `not-found`, FileError */
async function pictureOf(attachment: Attachment | null, original: boolean): Promise<Uint8Array> {
  if (attachment?.path == null || !isShown(attachment)) throw new AppError('not-found');
  const path = original ? (attachment.madeFrom?.path ?? attachment.path) : attachment.path;
  try {
    return await userFiles.withFile(path, async (file) =>
      readStart(file, Math.min((await file.stat()).size, MAX_BYTES)),
    );
  } catch (failure) {
    throw fileErrorOf(failure, attachment.name);
  }
}

function pastedPicture(png: Uint8Array): UnsavedFile {
  const isTooLarge = png.byteLength > MAX_BYTES;
  return { name: 'Pasted picture.png', size: png.byteLength, bytes: isTooLarge ? null : new Uint8Array(png) };
}
