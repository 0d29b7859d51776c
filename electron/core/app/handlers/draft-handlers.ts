import { draftFromRun } from '../launch.ts';
import type { Area, HandlerPorts } from './ports.ts';

export function draftHandlers({ core, desktop }: HandlerPorts): Area<'draft'> {
  const { draft } = core;
  return {
    'draft:add-paths': ({ paths }) => draft.addPaths(paths),
    'draft:add-text': ({ text }) => draft.addText(text),
    'draft:pick-files': async () => draft.addPaths(await desktop.pickFiles()),
    'draft:paste': async () => {
      const { text, files } = await desktop.readClipboard();
      return files.length > 0 ? draft.addPaths(files) : draft.addText(text);
    },
    'draft:remove': ({ attachmentId }) => draft.remove(attachmentId),
    'draft:clear': () => draft.clear(),
    'draft:edit': (edit) => draft.edit(edit),
    'draft:from-run': ({ runId }) => draftFromRun(core, runId),
  };
}
