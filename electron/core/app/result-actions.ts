import { mayOpen } from '../../contract/artifact-kinds.ts';
import type { RequestOf } from '../../contract/calls.ts';
import { USUAL_RULE } from '../../contract/save-rule.ts';
import type { DraftView, RunId } from '../../contract/views.ts';
import { safeFileName, titledName } from '../base/file-name.ts';
import type { DraftItem } from '../intake/draft-items.ts';
import { namesByRule } from '../export/naming.ts';
import { artifactPath } from '../model/artifact-path.ts';
import type { Run } from '../model/run.ts';
import type { StoredArtifact } from '../store/result-store.ts';
import { AppError } from '../base/coded-error.ts';
import type { Core } from './core.ts';

/** A file of a result that is on this machine. */
interface ArtifactHere {
  readonly artifact: StoredArtifact;
  /** The name that the user sees. */
  readonly name: string;
  readonly path: string;
}

/**
 * Finds a file of a result on this machine.
 *
 * @throws AppError `run-unknown`, `not-found`; `artifact-gone` when the file was never downloaded
 */
export function localArtifact(core: Core, runId: RunId, position: number): ArtifactHere {
  const run = core.runs.get(runId);
  const artifact = core.results.artifact(run.id, position);
  if (artifact === null) throw new AppError('not-found');
  const name = safeFileName(artifact.name);
  const path = artifactPath(core.folderOf(run.id), artifact);
  if (path === null) throw new AppError('artifact-gone', name);
  return { artifact, name, path };
}

/**
 * A text, data or chat message of a result, and a file name for it.
 *
 * @throws AppError `run-unknown`, `not-found`
 */
export function resultPart(
  core: Core,
  { runId, part, position }: RequestOf<'results:copy-text'>,
): { readonly text: string; readonly name: string } {
  const { run, texts, objects, messages } = core.runs.result(runId);
  const said = { text: texts, object: objects, message: messages.map(({ text }) => text) };
  const text = said[part][position];
  if (text === undefined) throw new AppError('not-found');
  const number = said[part].length > 1 ? ` ${position + 1}` : '';
  return { text, name: titledName(run.recipeName, `${number}.${part === 'object' ? 'json' : 'md'}`) };
}

/**
 * A copy of a result's file that the desktop can open (export/hand-out.ts). Files that can be run are refused.
 *
 * @throws AppError as `localArtifact`; `not-allowed` for a file that can be run; `disk-full`, `disk-refused`
 */
export async function fileToOpen(core: Core, runId: RunId, position: number): Promise<string> {
  const { artifact, name, path } = localArtifact(core, runId, position);
  if (!mayOpen({ name, mime: artifact.mime })) throw new AppError('not-allowed');
  return core.handOut.forOpening({ runId, position, name, path });
}

/**
 * Copies of a result's files for a drag, under their visible names. Files of one name get numbers, because they may
 * land in one folder.
 *
 * @throws AppError as `localArtifact`; `disk-full`, `disk-refused`
 */
export function filesToDrag(core: Core, runId: RunId, positions: readonly number[]): Promise<readonly string[]> {
  const files = positions.map((position) => ({ position, ...localArtifact(core, runId, position) }));
  const names = namesByRule(USUAL_RULE, files, { recipeName: '', at: 0 });
  return Promise.all(
    files.map(({ position, name, path }, index) =>
      core.handOut.forDrag({ runId, position, name: names[index] ?? name, path }),
    ),
  );
}

/**
 * Adds files of a result to the draft. On the server that they came from they are not uploaded again while it has them:
 * the run keeps the server's file id (intake/new-run.ts), and the sender checks that it is still valid.
 *
 * @throws AppError as `localArtifact`
 */
export async function useInDraft(core: Core, runId: RunId, positions: readonly number[]): Promise<DraftView> {
  const run = core.runs.get(runId);
  const isKnown = core.connection.view.profiles.some(
    ({ id, address }) => id === run.profileId && address === run.origin,
  );
  const files = positions.map((position) => draftThing(run, localArtifact(core, runId, position), isKnown));
  core.draft.note('added');
  return core.draft.addItems(files);
}

const draftThing = (run: Run, { artifact, name, path }: ArtifactHere, isKnown: boolean): DraftItem => ({
  path,
  name,
  uploaded: isKnown
    ? { profileId: run.profileId, fid: artifact.fid, expires: artifact.expires, sha256: artifact.sha256 }
    : undefined,
});
