import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_PICTURE, pictureFolder, RecipePictures } from '../../../electron/core/recipes/pictures.ts';

const PNG = readFileSync(join(import.meta.dirname, '../../../resources/samples/hills.png'));
const GIF = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'omnitray-pictures-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The pictures of a server that has these. */
function setUp(served: Readonly<Record<string, Uint8Array | Error>>) {
  const folder = join(home, 'pictures');
  const asked: string[] = [];
  const kept: string[] = [];
  const failures: unknown[] = [];
  const pictures = new RecipePictures({
    folder,
    fetch: async (url) => {
      asked.push(url);
      const found = served[url] ?? null;
      if (found instanceof Error) throw found;
      return Promise.resolve(found);
    },
    onKept: (url) => kept.push(url),
    onFailure: (failure) => failures.push(failure),
  });
  /** Fetches the requested pictures and waits for the end. */
  const want = async (...urls: string[]): Promise<void> => {
    pictures.want([...urls, 'last']);
    await expect.poll(() => asked).toContain('last');
  };
  return { folder, pictures, asked, kept, failures, want };
}

describe('RecipePictures', () => {
  it('stores a requested picture once, and has it at the next start', async () => {
    const { folder, pictures, asked, kept, want } = setUp({ 'omni.png': PNG, '../../etc/passwd': GIF });
    expect(pictures.file('omni.png')).toBeNull();
    await want('omni.png', '../../etc/passwd', 'omni.png');
    pictures.want(['omni.png']);
    expect(asked).toEqual(['omni.png', '../../etc/passwd', 'last']);
    expect(kept).toEqual(['omni.png', '../../etc/passwd']);
    const again = setUp({}).pictures;
    expect(again.file('omni.png')?.mime).toBe('image/png');
    expect(again.file('../../etc/passwd')?.mime).toBe('image/gif');
    expect(readFileSync(again.file('omni.png')?.path ?? '')).toEqual(PNG);
    for (const file of readdirSync(folder)) {
      expect(file).toMatch(/^[0-9a-f]{32}\.(png|gif)$/);
      expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
    }
    expect(again.file(null)).toBeNull();
  });

  it('trusts the bytes only, up to the largest picture', async () => {
    const { folder, pictures, failures, kept, want } = setUp({
      'picture.svg': SVG,
      'page.png': Buffer.from('<!doctype html><title>Sign in</title>'),
      'huge.png': Buffer.concat([PNG, Buffer.alloc(MAX_PICTURE)]),
      'empty.png': Buffer.alloc(0),
      'broken.png': new Error('The connection broke.'),
    });
    await want('picture.svg', 'page.png', 'huge.png', 'empty.png', 'broken.png', 'absent.png');
    expect(kept).toEqual([]);
    expect(pictures.file('picture.svg')).toBeNull();
    expect(failures).toHaveLength(1);
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });

  it('retries failed pictures and removes unused ones after a listing', async () => {
    const { folder, pictures, asked, want } = setUp({ 'a.png': PNG, 'b.png': GIF });
    await want('a.png', 'b.png', 'absent.png');
    pictures.want(['absent.png']);
    expect(asked.filter((url) => url === 'absent.png')).toHaveLength(1);
    await pictures.keepOnly(['b.png', 'absent.png']);
    expect(pictures.file('a.png')).toBeNull();
    expect(readdirSync(folder)).toHaveLength(1);
    pictures.want(['absent.png']);
    expect(asked.filter((url) => url === 'absent.png')).toHaveLength(2);
  });

  it('writes nothing once stopped', async () => {
    const arrival = Promise.withResolvers<Uint8Array>();
    const kept: string[] = [];
    const folder = join(home, 'pictures');
    const pictures = new RecipePictures({
      folder,
      fetch: () => arrival.promise,
      onKept: (url) => kept.push(url),
      onFailure: () => undefined,
    });
    pictures.want(['a.png']);
    const stopped = pictures.stop();
    arrival.resolve(PNG);
    await stopped;
    expect(kept).toEqual([]);
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });
});

describe('pictureFolder', () => {
  it('is inside the given folder for any profile id', () => {
    const id = '../../outside';
    expect(pictureFolder('/data', id)).toMatch(/^\/data\/recipe-pictures\/[0-9a-f]{32}$/);
    expect(pictureFolder('/data', id)).not.toBe(pictureFolder('/data', 'another'));
  });
});
