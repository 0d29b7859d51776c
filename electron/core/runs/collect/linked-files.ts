import type { RunId } from '../../../contract/views.ts';
import { artifactPath } from '../../model/artifact-path.ts';
import { linkedFids } from '../../model/file-links.ts';
import type { Run } from '../../model/run.ts';
import type { OmnitoolServer } from '../../omnitool/server.ts';
import type { NewArtifact, ResultStore, StoredArtifact, StoredResult } from '../../store/result-store.ts';
import { readStart } from '../../user-files/open-file.ts';
import { userFiles } from '../../user-files/user-files.ts';
import { missing, toArtifact } from './stored.ts';

/** The linked files that are fetched: of one text, and of a whole result. */
export const MOST_LINKED = { ofText: 100, ofResult: 400 } as const;
/** Documents of a result that are searched for links, and how much of each, in bytes. */
const MOST_DOCUMENTS = 50;
const MOST_TEXT = 1_048_576;

/** A text that may link to files, and the chat message that its files belong to. */
interface LinkingText {
  readonly text: string;
  readonly message: number | null;
}

/**
 * Finds the files that an answer only links to: in its texts, in its chat messages, and in the documents that came with them
 * (wire 13.5). They become files of the result. Works from what is stored, so that it can be repeated after a restart.
 */
export class LinkedFiles {
  readonly #results: ResultStore;
  readonly #folders: { folderOf(runId: RunId): string };

  constructor(results: ResultStore, folders: { folderOf(runId: RunId): string }) {
    this.#results = results;
    this.#folders = folders;
  }

  /**
   * Adds the linked files that the result does not have yet, each once. Returns whether there are new ones to fetch.
   *
   * @throws OmnitoolError when the server does not answer
   */
  async find(server: Pick<OmnitoolServer, 'file'>, run: Run, signal: AbortSignal): Promise<boolean> {
    const result = this.#results.find(run.id);
    const known = new Set(result.artifacts.map(({ fid }) => fid));
    let room = MOST_LINKED.ofResult - result.artifacts.filter(({ source }) => source === 'link').length;
    let isCut = false;
    let isNew = false;
    for (const { text, message } of await this.#textsOf(run.id, result)) {
      const all = linkedFids(text, run.origin);
      const fids = all.slice(0, MOST_LINKED.ofText).filter((fid) => !known.has(fid));
      const taken = fids.slice(0, Math.max(0, room));
      isCut ||= all.length > MOST_LINKED.ofText || taken.length < fids.length;
      room -= taken.length;
      for (const fid of taken) {
        known.add(fid);
        this.#results.addFiles(run.id, [await linkedFile(server, fid, signal)], message);
        isNew = true;
      }
    }
    if (isCut && !result.artifacts.some(({ problem }) => problem === 'too-many-links'))
      this.#results.addFiles(run.id, [missing('More linked files', '', 'too-many-links')], null);
    return isNew;
  }

  async #textsOf(runId: RunId, { texts, messages, artifacts }: StoredResult): Promise<readonly LinkingText[]> {
    const found: LinkingText[] = [
      ...texts.map((text) => ({ text, message: null })),
      ...messages.map(({ text, position }) => ({ text, message: position })),
    ];
    for (const document of artifacts.filter(mayLink).slice(0, MOST_DOCUMENTS)) {
      const path = artifactPath(this.#folders.folderOf(runId), document);
      const text = path === null ? null : await beginningOf(path);
      if (text !== null) found.push({ text, message: document.message });
    }
    return found;
  }
}

/** A linked document is not searched: its links would lead on and on. */
const mayLink = ({ name, mime, file, source }: StoredArtifact): boolean =>
  file !== null &&
  source !== 'link' &&
  (mime === 'text/markdown' || mime === 'text/html' || /\.(?:md|markdown|html?)$/i.test(name));

/** Null where the user has removed the file meanwhile. */
async function beginningOf(path: string): Promise<string | null> {
  try {
    const bytes = await userFiles.withFile(path, async (file) =>
      readStart(file, Math.min((await file.stat()).size, MOST_TEXT)),
    );
    return Buffer.from(bytes).toString('utf8');
  } catch {
    return null;
  }
}

async function linkedFile(
  server: Pick<OmnitoolServer, 'file'>,
  fid: string,
  signal: AbortSignal,
): Promise<NewArtifact> {
  const record = await server.file(fid, signal);
  const file =
    typeof record === 'string'
      ? { ...missing('Linked file', 'application/octet-stream', record === 'gone' ? 'gone' : 'broken'), fid }
      : toArtifact({ ...record, list: 'files' });
  return { ...file, source: 'link' };
}
