import { randomBytes, randomInt } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, parseJson } from '../base/json.ts';
import { nameBytes, nameText, nameUpload, type NamedFile, SNIFF_BYTES } from './file-name.ts';
import { type FileRecord, type FileType, NEVER } from './file-record.ts';
import { imageSize } from './image-size.ts';

/** A temporary file lives 7 days (wire 5). */
const LIFETIME = 7 * 24 * 3_600_000;

/** Bytes read for the size of a picture: a JPEG may hold a preview before it. */
const HEAD_BYTES = 262_144;

/** The name and kind of a new file. */
export type Naming =
  /** `type`: as it was declared, whatever the bytes are. */
  | { readonly by: 'name'; readonly name: string; readonly type?: string | undefined }
  | { readonly by: 'content' }
  | { readonly by: 'text'; readonly text: string };

interface NewFile {
  readonly naming: Naming;
  readonly permanent?: boolean;
  /** How the File Manager finds it: `upload`, `#job.<id>`; none for what a File Output block writes (wire 13.5). */
  readonly tags?: readonly string[];
  /** Made by a block as a document. The kind of an upload follows from its type alone. */
  readonly document?: boolean;
}

/** The server's files, in one folder: the bytes and a record of each. They survive a restart. */
export class FileStore {
  readonly #folder: string;
  readonly #host: () => string;
  readonly #clock: () => number;
  readonly #records = new Map<string, FileRecord>();
  /** Of the files that were added since this store was opened, the oldest first. */
  readonly #tags = new Map<string, readonly string[]>();

  private constructor(folder: string, host: () => string, clock: () => number) {
    this.#folder = folder;
    this.#host = host;
    this.#clock = clock;
  }

  /** `host`: the host and port in tickets, without a scheme. */
  static async open(folder: string, host: () => string, clock: () => number): Promise<FileStore> {
    const store = new FileStore(folder, host, clock);
    await mkdir(folder, { recursive: true });
    for (const name of (await readdir(folder)).filter((entry) => entry.endsWith('.json')).sort()) {
      const parsed = parseJson(await readFile(join(folder, name), 'utf8'));
      if (parsed.ok && isRecord(parsed.value)) store.#records.set(parsed.value.fid, parsed.value);
    }
    return store;
  }

  /** A path to write an upload to before `take` adds it. */
  draftPath(): string {
    return join(this.#folder, `${randomBytes(8).toString('hex')}.part`);
  }

  /** Adds a finished draft. Moves it without reading, so memory does not grow with the file. */
  async take(draft: string, file: NewFile): Promise<FileRecord> {
    const fid = newFid();
    const start = await readStart(draft);
    const named = await this.#name(fid, file.naming, start);
    const { size } = await stat(draft);
    const record = this.#record(fid, named, size, start, file);
    this.#tags.set(fid, file.tags ?? []);
    await rename(draft, this.pathOf(record));
    await this.#save(record);
    return record;
  }

  async add(bytes: Uint8Array, file: NewFile): Promise<FileRecord> {
    const draft = this.draftPath();
    await writeFile(draft, bytes);
    return this.take(draft, file);
  }

  /** The record of a file; null if it is unknown or expired. */
  find(fid: string): FileRecord | null {
    const record = this.#records.get(fid);
    return record !== undefined && record.expires > this.#clock() ? record : null;
  }

  /** The files with all of these tags, the newest first, each with its number and tags. */
  tagged(
    tags: readonly string[],
  ): readonly { readonly file: FileRecord; readonly seq: number; readonly tags: readonly string[] }[] {
    const all = [...this.#tags].map(([fid, own], index) => ({ file: this.find(fid), seq: index + 1, tags: own }));
    return all
      .filter((entry): entry is typeof entry & { file: FileRecord } => entry.file !== null)
      .filter(({ tags: own }) => tags.every((tag) => own.some((each) => each.replace(/^#/, '') === tag)))
      .reverse();
  }

  /** The fid in an address of a file on this server; null for any other address. */
  fidIn(address: string): string | null {
    const start = `http://${this.#host()}/fid/`;
    return address.startsWith(start) ? address.slice(start.length) : null;
  }

  /** Makes a file permanent: it became part of a result (wire 7). */
  async keep(record: FileRecord): Promise<FileRecord> {
    const kept = { ...record, expires: NEVER };
    await this.#save(kept);
    return kept;
  }

  read(record: FileRecord): Promise<Buffer> {
    return readFile(this.pathOf(record));
  }

  stream(record: FileRecord): ReadStream {
    return createReadStream(this.pathOf(record));
  }

  pathOf(record: FileRecord): string {
    return join(this.#folder, `${record.fid.replace(',', '-')}.bin`);
  }

  async #save(record: FileRecord): Promise<void> {
    this.#records.set(record.fid, record);
    await writeFile(join(this.#folder, `${record.fid.replace(',', '-')}.json`), JSON.stringify(record));
  }

  async #name(fid: string, naming: Naming, start: Buffer): Promise<NamedFile> {
    const sniffed = start.subarray(0, SNIFF_BYTES);
    if (naming.by === 'text') return nameText(naming.text);
    return naming.by === 'name'
      ? nameUpload(naming.name, sniffed, naming.type)
      : nameBytes(fid, sniffed, this.#clock());
  }

  #record(fid: string, named: NamedFile, size: number, start: Buffer, file: NewFile): FileRecord {
    const now = this.#clock();
    const fileType = file.document === true ? 'document' : fileTypeOf(named.mimeType);
    const dimensions = fileType === 'image' ? imageSize(start) : null;
    return {
      fid,
      ticket: { fid, count: 1, url: this.#host(), publicUrl: this.#host() },
      fileName: named.fileName,
      size,
      url: `/fid/${fid}`,
      mimeType: named.mimeType,
      expires: file.permanent === true ? NEVER : now + LIFETIME,
      meta: {
        ...(fileType === 'image' && {
          nsfw: { status: 'disabled', reason: 'The practice server does not look at pictures' },
        }),
        created: now,
        ...(dimensions !== null && { height: dimensions.height, width: dimensions.width, type: dimensions.type }),
      },
      furl: `fid://${fid}${named.extension}`,
      fileType,
    };
  }
}

function newFid(): string {
  const letters = Array.from({ length: 10 }, () => randomInt(36).toString(36)).join('');
  return `${String(randomInt(100)).padStart(2, '0')},${letters}`;
}

function fileTypeOf(mimeType: string): FileType {
  const family = mimeType.split('/')[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
}

async function readStart(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Reads a stored record. Skips a file that a crash cut short; only this class writes to the folder. */
function isRecord(value: unknown): value is FileRecord {
  return isObject(value) && typeof value.fid === 'string' && typeof value.expires === 'number';
}
