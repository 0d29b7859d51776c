import { inputViews } from '../../history/input-pictures.ts';
import { pictureSize } from '../../user-files/picture-size.ts';
import { pdfBytes, previewOf } from '../../export/preview.ts';
import { curlScript } from '../../export/curl.ts';
import { exportRun } from '../../export/export.ts';
import { saveArtifact, saveText } from '../../export/saver.ts';
import { durationOf, linkedIn } from '../../history/result-view.ts';
import { sentView, uploadsOf } from '../../export/sent.ts';
import { AppError } from '../../base/coded-error.ts';
import { localArtifact, fileToOpen, filesToDrag, resultPart, useInDraft } from '../result-actions.ts';
import type { Area, HandlerPorts } from './ports.ts';
import { SaveAll } from './save-all.ts';

type Calls<Name extends keyof Area<'results'>> = Pick<Area<'results'>, Name>;

/** The calls of the result screen. */
export const resultHandlers = (ports: HandlerPorts): Area<'results'> => ({
  ...showHandlers(ports),
  ...useHandlers(ports),
  ...saveHandlers(ports),
});

/** What the screen shows of a result. */
function showHandlers({
  core,
}: HandlerPorts): Calls<
  | 'results:view'
  | 'results:preview'
  | 'results:fetch'
  | 'results:picture-size'
  | 'results:bytes'
  | 'results:sent'
  | 'results:log'
> {
  const { runs, results } = core;
  return {
    'results:view': async ({ runId }) => ({
      ...runs.result(runId),
      inputs: await inputViews(runId, runs.get(runId).inputs, core.folderOf(runId)),
    }),
    'results:preview': async ({ runId, position, encoding }) => {
      const { path, name } = localArtifact(core, runId, position);
      const preview = await previewOf(path, name, encoding);
      if (preview.kind === 'none') return preview;
      return { ...preview, linked: linkedIn([preview.text], runs.get(runId), results.artifacts(runId)) };
    },
    'results:fetch': async ({ runId, position }) => core.refetch.fetch(runs.get(runId).id, position),
    'results:picture-size': ({ runId, position }) => pictureSize(localArtifact(core, runId, position).path),
    'results:bytes': ({ runId, position }) => {
      const { path, name } = localArtifact(core, runId, position);
      return pdfBytes(path, name);
    },
    'results:sent': ({ runId }) => sentView(runs.get(runId)),
    'results:log': ({ runId }) => {
      const run = runs.get(runId);
      const uploads = uploadsOf(run);
      const bytes = uploads.reduce((sum, { size }) => sum + size, 0);
      return { entries: core.listed.log(runId), files: uploads.length, bytes, tookMs: durationOf(run) };
    },
  };
}

/** What goes on from a result: to the clipboard, the draft, the file manager or another program. */
function useHandlers({
  core,
  desktop,
}: HandlerPorts): Calls<
  | 'results:copy-text'
  | 'results:copy-picture'
  | 'results:copy-curl'
  | 'results:use-part'
  | 'results:use'
  | 'results:reveal'
  | 'results:open'
  | 'results:drag'
> {
  const { runs, results } = core;
  return {
    'results:copy-text': async (asked) => desktop.writeClipboard(resultPart(core, asked).text),
    'results:copy-picture': async ({ runId, position }) => {
      const { name, path } = localArtifact(core, runId, position);
      if (!(await desktop.copyPicture(path))) throw new AppError('picture-not-copied', name);
    },
    'results:copy-curl': async ({ runId }) => desktop.writeClipboard(curlScript(runs.get(runId))),
    'results:use-part': (asked) => {
      const { text } = resultPart(core, asked);
      return asked.part === 'object' ? core.draft.replaceData(text) : core.draft.add({ texts: [text] });
    },
    'results:use': ({ runId, positions }) => useInDraft(core, runId, positions),
    'results:reveal': ({ runId, position }) => {
      const shown = position ?? results.find(runs.get(runId).id).artifacts.find(({ file }) => file !== null)?.position;
      if (shown === undefined) throw new AppError('artifact-gone');
      desktop.reveal(localArtifact(core, runId, shown).path);
    },
    'results:open': async ({ runId, position }) => {
      const path = await fileToOpen(core, runId, position);
      if (!(await desktop.open(path)))
        throw new AppError('artifact-not-opened', localArtifact(core, runId, position).name);
    },
    'results:drag': async ({ runId, positions }) => desktop.dragOut(await filesToDrag(core, runId, positions)),
  };
}

/** What is written to a place that the user chooses. */
function saveHandlers({
  core,
  desktop,
}: HandlerPorts): Calls<
  | 'results:save-part'
  | 'results:save'
  | 'results:save-plan'
  | 'results:save-folder'
  | 'results:save-all'
  | 'results:export'
> {
  const { runs, results } = core;
  const saveAll = new SaveAll(core, desktop);
  return {
    'results:save-part': async (asked) => {
      const { text, name } = resultPart(core, asked);
      const savedAs = await desktop.pickSavePath(name);
      if (savedAs !== null) await saveText(text, savedAs);
      return { savedAs };
    },
    'results:save': async ({ runId, position }) => {
      const { artifact, name } = localArtifact(core, runId, position);
      const savedAs = await desktop.pickSavePath(name);
      if (savedAs !== null) await saveArtifact(core.folderOf(runId), artifact, savedAs);
      return { savedAs };
    },
    'results:save-plan': ({ runId, rule }) => saveAll.plan(runId, rule),
    'results:save-folder': ({ runId, rule }) => saveAll.pickFolder(runId, rule),
    'results:save-all': ({ runId, rule }) => saveAll.save(runId, rule),
    'results:export': async ({ runId }) => {
      const run = runs.get(runId);
      const target = await desktop.pickFolder('Export to');
      if (target === null) return { folder: null, files: 0, failed: [] };
      const source = { run, result: results.find(run.id), folder: core.folderOf(run.id) };
      const { folder, files, failed } = await exportRun(source, target);
      return { folder, files, failed };
    },
  };
}
