import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { picturesFolder } from '../base/folders.ts';
import { makeFolders } from '../base/make-folder.ts';

/** The picture types that a page may show, by their bytes. SVG is left out: it can hold scripts. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['image/apng', '.png'],
  ['image/png', '.png'],
  ['image/jpeg', '.jpg'],
  ['image/gif', '.gif'],
  ['image/webp', '.webp'],
]);
const TYPES: ReadonlyMap<string, string> = new Map([...ENDINGS].map(([mime, ending]) => [ending, mime]));

/** Largest picture in bytes. Pictures are shown small; a larger file is not a recipe's picture. */
export const MAX_PICTURE = 2 * 1_048_576;
/** Most pictures of a profile: 1 GiB at the largest size. */
const MOST_PICTURES = 512;

/** A stored picture. */
export interface PictureFile {
  readonly path: string;
  readonly mime: string;
}

/**
 * The folder for the pictures of a profile. The profile's id is hashed because it comes from a file that people edit.
 */
export const pictureFolder = (folder: string, profileId: string): string =>
  join(picturesFolder(folder), nameOf(profileId));

/** What a `RecipePictures` is built from. */
export interface PicturePorts {
  /** The folder of one profile's pictures. */
  readonly folder: string;
  /** Fetches a picture from the profile's own server; null when it has none. */
  readonly fetch: (pictureUrl: string, signal: AbortSignal) => Promise<Uint8Array | null>;
  /** Called when a picture was stored. */
  onKept(pictureUrl: string): void;
  /** Called when fetching or storing a picture failed. */
  onFailure(failure: unknown): void;
}

/**
 * Stores the pictures of one profile's recipes on this machine. Fetches a picture when its recipe is in view, one at a
 * time, and trusts only its bytes. Recipes with the same picture share one file.
 */
export class RecipePictures {
  readonly #ports: PicturePorts;
  /** File names by the server's name of the picture. */
  readonly #files: Map<string, string>;
  readonly #names = new Map<string, string>();
  /** Pictures that were tried since the last listing, with or without success. */
  readonly #tried = new Set<string>();
  readonly #stopped = new AbortController();
  #wanted: readonly string[] = [];
  #working: Promise<void> | null = null;

  constructor(ports: PicturePorts) {
    this.#ports = ports;
    this.#files = new Map(filesIn(ports.folder).map((file) => [file.slice(0, -extname(file).length), file]));
  }

  /** The stored file; null when there is none. */
  file(pictureUrl: string | null): PictureFile | null {
    const name = pictureUrl === null ? undefined : this.#files.get(this.#name(pictureUrl));
    const mime = name === undefined ? undefined : TYPES.get(extname(name));
    return name === undefined || mime === undefined ? null : { path: join(this.#ports.folder, name), mime };
  }

  /** Sets the pictures in view. */
  want(pictureUrls: readonly string[]): void {
    this.#wanted = pictureUrls;
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
      // A picture may have been added between the last check and now.
      if (this.#next() !== undefined) this.want(this.#wanted);
    });
  }

  /** After a listing: removes pictures without a recipe and allows failed ones to be tried again. */
  async keepOnly(pictureUrls: readonly string[]): Promise<void> {
    this.#tried.clear();
    const kept = new Set(pictureUrls.map((pictureUrl) => this.#name(pictureUrl)));
    for (const [name, file] of this.#files) {
      if (kept.has(name)) continue;
      this.#files.delete(name);
      try {
        await rm(join(this.#ports.folder, file), { force: true });
      } catch (failure) {
        this.#ports.onFailure(failure);
      }
    }
  }

  /** Stops. Nothing is fetched or written after the promise resolves. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#working;
  }

  async #work(): Promise<void> {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      this.#tried.add(next);
      try {
        if (await this.#fetch(next)) this.#ports.onKept(next);
      } catch (failure) {
        if (!this.#stopped.signal.aborted) this.#ports.onFailure(failure);
      }
    }
  }

  #next(): string | undefined {
    if (this.#stopped.signal.aborted || this.#files.size >= MOST_PICTURES) return undefined;
    return this.#wanted.find((pictureUrl) => !this.#tried.has(pictureUrl) && this.file(pictureUrl) === null);
  }

  async #fetch(pictureUrl: string): Promise<boolean> {
    const { folder, fetch } = this.#ports;
    const bytes = await fetch(pictureUrl, this.#stopped.signal);
    if (bytes === null || bytes.byteLength > MAX_PICTURE) return false;
    const ending = ENDINGS.get((await fileTypeFromBuffer(bytes))?.mime ?? '');
    if (ending === undefined || this.#stopped.signal.aborted) return false;
    const name = this.#name(pictureUrl);
    const path = join(folder, name + ending);
    await makeFolders(folder);
    await writeFile(`${path}.part`, bytes, { mode: 0o600 });
    await rename(`${path}.part`, path);
    this.#files.set(name, name + ending);
    return true;
  }

  /** Hashes each name once: most recipes share the server's default picture. */
  #name(pictureUrl: string): string {
    const name = this.#names.get(pictureUrl) ?? nameOf(pictureUrl);
    this.#names.set(pictureUrl, name);
    return name;
  }
}

/** A safe file name of a fixed length, whatever the server's name of the picture is. */
const nameOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** A missing or unreadable folder only costs the pictures. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => TYPES.has(extname(file)));
  } catch {
    return [];
  }
}
