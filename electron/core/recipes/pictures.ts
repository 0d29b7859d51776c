import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { picturesFolder } from '../base/folders.ts';
import { makeFolders } from '../base/make-folder.ts';

/** The pictures a page may show, by what their bytes say. SVG is not among them: it can hold a program. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['image/png', '.png'],
  ['image/apng', '.png'],
  ['image/jpeg', '.jpg'],
  ['image/gif', '.gif'],
  ['image/webp', '.webp'],
]);
const TYPES: ReadonlyMap<string, string> = new Map([
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
]);

/** Bytes. Drawn smaller than a stamp; what is larger is no picture of a recipe. */
export const MAX_PICTURE = 2 * 1_048_576;
/** How many a profile may have: at their largest, 1 GiB. */
const MOST_PICTURES = 512;

export interface PictureFile {
  readonly path: string;
  readonly mime: string;
}

/** Where the pictures of a profile are kept. A profile's id is hashed: it comes from a file that people edit. */
export const pictureFolder = (folder: string, profileId: string): string =>
  join(picturesFolder(folder), nameOf(profileId));

export interface PicturePorts {
  /** The folder of one profile's pictures. */
  readonly folder: string;
  /** The bytes behind a picture's name, from the profile's own server; null when it has none. */
  readonly fetch: (pictureUrl: string, signal: AbortSignal) => Promise<Uint8Array | null>;
  /** Told when a picture came. */
  onKept(pictureUrl: string): void;
  /** Told of what went wrong while fetching or keeping one. */
  onFailure(failure: unknown): void;
}

/**
 * The pictures of one profile's recipes, kept on this machine: fetched when a recipe is in sight, one at a time, and
 * believed only by their bytes. Recipes that share a picture share the file.
 */
export class RecipePictures {
  readonly #ports: PicturePorts;
  /** File names by the name that a picture has here. */
  readonly #files: Map<string, string>;
  readonly #names = new Map<string, string>();
  /** Tried since the last listing, whatever came of it. */
  readonly #tried = new Set<string>();
  readonly #stopped = new AbortController();
  #wanted: readonly string[] = [];
  #working: Promise<void> | null = null;

  constructor(ports: PicturePorts) {
    this.#ports = ports;
    this.#files = new Map(filesIn(ports.folder).map((file) => [file.slice(0, -extname(file).length), file]));
  }

  /** The kept file; null when there is none. */
  file(pictureUrl: string | null): PictureFile | null {
    const name = pictureUrl === null ? undefined : this.#files.get(this.#name(pictureUrl));
    const mime = name === undefined ? undefined : TYPES.get(extname(name));
    return name === undefined || mime === undefined ? null : { path: join(this.#ports.folder, name), mime };
  }

  /** Those in sight, in place of those that were. */
  want(pictureUrls: readonly string[]): void {
    this.#wanted = pictureUrls;
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
      // Wanted in the moment between the last look and now.
      if (this.#next() !== undefined) this.want(this.#wanted);
    });
  }

  /** After a listing: those of no recipe are removed, and those that could not be had are tried again. */
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

  /** Nothing more is fetched or written after the promise. */
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

  /** Each is hashed once: most recipes share the picture that the server gives to all. */
  #name(pictureUrl: string): string {
    const name = this.#names.get(pictureUrl) ?? nameOf(pictureUrl);
    this.#names.set(pictureUrl, name);
    return name;
  }
}

/** A safe name of a bounded length, whatever the server calls its pictures. */
const nameOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** A folder that is not there yet, or cannot be read: that costs the pictures and nothing else. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => TYPES.has(extname(file)));
  } catch {
    return [];
  }
}
