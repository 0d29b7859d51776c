import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { guard } from './guard.ts';

const PNG_HEADER = 24;

/** Width and height stand at fixed places of a PNG (its IHDR chunk). Other formats count as empty here. */
function sizeOf(bytes: Buffer): Electron.Size {
  const isPng = bytes.length >= PNG_HEADER && bytes.toString('latin1', 1, 4) === 'PNG';
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : { width: 0, height: 0 };
}

/** Keeps the bytes and where they came from; it does not draw, so a resized image has new numbers and old pixels. */
export class StandInImage implements Pick<
  Electron.NativeImage,
  'isEmpty' | 'getSize' | 'toPNG' | 'toDataURL' | 'setTemplateImage' | 'isTemplateImage'
> {
  readonly standInSource: string | null;
  readonly #bytes: Buffer;
  readonly #size: Electron.Size;
  #template = false;

  constructor(bytes: Buffer, source: string | null, size = sizeOf(bytes)) {
    this.#bytes = bytes;
    this.#size = size;
    this.standInSource = source;
  }

  isEmpty(): boolean {
    return this.#size.width === 0;
  }

  getSize(): Electron.Size {
    return { ...this.#size };
  }

  toPNG(): Buffer {
    return Buffer.from(this.#bytes);
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`;
  }

  resize(options: Electron.ResizeOptions): StandInImage {
    const { width, height } = this.#size;
    const scale = options.width !== undefined ? options.width / width : (options.height ?? height) / height;
    const size = {
      width: options.width ?? Math.round(width * scale),
      height: options.height ?? Math.round(height * scale),
    };
    return makeImage(this.#bytes, this.standInSource, size);
  }

  setTemplateImage(template: boolean): void {
    this.#template = template;
  }

  isTemplateImage(): boolean {
    return this.#template;
  }
}

function makeImage(bytes: Buffer, source: string | null, size?: Electron.Size): StandInImage {
  const image = new StandInImage(bytes, source, size);
  guard('NativeImage', image);
  return image;
}

/** As in Electron, a file that cannot be read gives an empty image. */
function readImage(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

export const nativeImage = guard('nativeImage', {
  createEmpty: () => makeImage(Buffer.alloc(0), null),
  createFromPath: (path: string) => makeImage(readImage(path), basename(path)),
  createFromBuffer: (buffer: Buffer) => makeImage(buffer, null),
  createFromDataURL: (url: string) => makeImage(Buffer.from(url.split(',')[1] ?? '', 'base64'), null),
});
