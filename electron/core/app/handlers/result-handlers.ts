import { inputViews } from '../../results/input-pictures.ts';
import { pdfBytes, previewOf } from '../../results/preview.ts';
import { artifactPath } from '../../results/result-view.ts';
import { saveAllArtifacts, saveArtifact } from '../../results/saver.ts';
import type { StoredArtifact } from '../../store/result-store.ts';
import { AppError } from '../app-error.ts';
import type { Area, HandlerPorts } from './ports.ts';

export function resultHandlers({ core, desktop }: HandlerPorts): Area<'results'> {
  const { runs, results } = core;
  const artifactAt = (runId: string, position: number): StoredArtifact => {
    const found = results.find(runs.get(runId).id).artifacts.find((artifact) => artifact.position === position);
    if (found === undefined) throw new AppError('not-found');
    return found;
  };
  const fileAt = (runId: string, position: number): { readonly path: string; readonly name: string } => {
    const found = artifactAt(runId, position);
    const path = artifactPath(core.folderOf(runId), found);
    if (path === null) throw new AppError('artifact-gone', found.name);
    return { path, name: found.name };
  };
  return {
    'results:view': async ({ runId }) => ({
      ...runs.result(runId),
      inputs: await inputViews(runId, runs.get(runId).inputs, core.folderOf(runId)),
    }),
    'results:preview': ({ runId, position }) => {
      const { path, name } = fileAt(runId, position);
      return previewOf(path, name);
    },
    'results:bytes': ({ runId, position }) => {
      const { path, name } = fileAt(runId, position);
      return pdfBytes(path, name);
    },
    'results:copy-text': async ({ runId, part, position }) => {
      const result = runs.result(runId);
      const parts = {
        text: result.texts,
        object: result.objects,
        message: result.messages.map(({ text: said }) => said),
      };
      const text = parts[part][position];
      if (text === undefined) throw new AppError('not-found');
      await desktop.writeClipboard(text);
      return null;
    },
    'results:save': async ({ runId, position }) => {
      const artifact = artifactAt(runId, position);
      const savedAs = await desktop.pickSavePath(artifact.name);
      if (savedAs !== null) await saveArtifact(core.folderOf(runId), artifact, savedAs);
      return { savedAs };
    },
    'results:save-all': async ({ runId }) => {
      const { artifacts } = results.find(runs.get(runId).id);
      const folder = await desktop.pickFolder('save');
      const saved = folder === null ? [] : await saveAllArtifacts(core.folderOf(runId), artifacts, folder);
      return { folder, files: saved.length };
    },
    'results:reveal': ({ runId, position }) => {
      const artifacts = results.find(runs.get(runId).id).artifacts;
      const chosen = position === null ? artifacts.find(({ file }) => file !== null) : artifactAt(runId, position);
      const path = chosen === undefined ? null : artifactPath(core.folderOf(runId), chosen);
      if (path === null) throw new AppError('artifact-gone');
      desktop.reveal(path);
      return null;
    },
  };
}
