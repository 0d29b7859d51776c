import { type ArtifactView, type LinkedFiles, linkedFid } from '../contract.ts';

/** The attribute with the position of the file that a button opens. */
export const OPENS = 'data-opens';

/** The files of a result that one of its texts links to. */
export class FileLinks {
  readonly #origin: string;
  readonly #files: ReadonlyMap<string, ArtifactView>;

  /** @param origin of the server that the text came from */
  constructor(linked: LinkedFiles, artifacts: readonly ArtifactView[], origin: string) {
    this.#origin = origin;
    const at = new Map(artifacts.map((artifact) => [artifact.position, artifact]));
    this.#files = new Map(
      Object.entries(linked).flatMap(([fid, position]) => {
        const file = at.get(position);
        return file === undefined ? [] : [[fid, file] as const];
      }),
    );
  }

  /** The file behind an address of the server; null for any other. */
  fileAt(address: string): ArtifactView | null {
    return this.#files.get(linkedFid(address, this.#origin) ?? '') ?? null;
  }

  /** The file that has this address on this computer; null for none. */
  fileBehind(url: string): ArtifactView | null {
    return [...this.#files.values()].find((file) => file.url === url) ?? null;
  }
}
