/**
 * Makes every name of a file or folder that comes from foreign text (a server, a recipe, a user, another program). File
 * systems count names differently: ext4 and APFS in bytes of UTF-8, NTFS in UTF-16 units.
 */

/** How long a name may be, in both ways of counting, without what is added to it later. */
export interface NameLimit {
  /** Bytes of UTF-8. */
  readonly bytes: number;
  /** UTF-16 code units, as `string.length` counts. */
  readonly units: number;
}

/** Room for additions: the number of an artifact (`20000-`), ` (10000)` and `.part`. ASCII. */
const ADDED = 24;

/**
 * ext4, APFS, Btrfs and XFS allow 255 bytes. The units are far below the limit of NTFS, because Windows programs stop
 * at a path of 260.
 */
export const NAME_LIMIT: NameLimit = { bytes: 255 - ADDED, units: 120 };

/** For names inside the data folder, which no user sees: eCryptfs, used for encrypted homes, allows 143 bytes. */
export const STORED_NAME_LIMIT: NameLimit = { bytes: 143 - ADDED, units: 120 };

/** The least room for a name, however long the path of its folder is: creating the file then reports the problem. */
const LEAST_ROOM = 24;

/**
 * The longest path, in UTF-16 units on Windows (MAX_PATH without its NUL) and in bytes on other systems (PATH_MAX without its
 * NUL).
 */
const LONGEST_PATH = { win32: 259, darwin: 1_023, other: 4_095 } as const;

/** The room for a name in `folder`, an absolute path: less than `NAME_ROOM` when the whole path would be too long. */
export function nameLimitIn(folder: string, platform: NodeJS.Platform = process.platform): NameLimit {
  const within = (longest: number, used: number): number => Math.max(LEAST_ROOM, longest - used - 1 - ADDED);
  if (platform === 'win32')
    return { ...NAME_LIMIT, units: Math.min(NAME_LIMIT.units, within(LONGEST_PATH.win32, folder.length)) };
  const longest = platform === 'darwin' ? LONGEST_PATH.darwin : LONGEST_PATH.other;
  return { ...NAME_LIMIT, bytes: Math.min(NAME_LIMIT.bytes, within(longest, Buffer.byteLength(folder))) };
}

/**
 * The file name in a foreign text, safe on every file system: no folder, no control, invisible or direction-changing
 * character, no device name, at most `room` long, never empty. Keeps the extension.
 */
export function safeFileName(name: string, room: NameLimit = NAME_LIMIT): string {
  const { stem, ending } = splitName(
    clean(bounded(name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1))),
  );
  return fitted(stem, ending, room);
}

/**
 * A file name made of a title, in which a slash is an ordinary character, and a `tail` that is never cut: an extension,
 * a number, a time. The tail must be safe, short and without a space or dot at its end.
 */
export function titledName(title: string, tail: string, room: NameLimit = NAME_LIMIT): string {
  return fitted(clean(bounded(title).replace(/[/\\]/g, '_')), tail, room);
}

/** `name.png` as `name` and `.png`. A long extension counts as part of the name. */
export function splitName(name: string): { readonly stem: string; readonly ending: string } {
  const ending = /.(\.[^.]{1,16})$/su.exec(name)?.[1] ?? '';
  return { stem: name.slice(0, name.length - ending.length), ending };
}

/**
 * Windows opens a device under these names, with any extension and with spaces before it ("Naming Files, Paths, and
 * Namespaces").
 */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i;

/** Whether Windows takes a file name for a device. */
export const isDeviceName = (name: string): boolean => DEVICE.test(name);

/**
 * A key that two names share when some file system takes them for one: Windows and macOS ignore case, macOS also how a
 * character is composed. Not for display or use as a name.
 */
export const nameKey = (name: string): string => name.normalize('NFD').toLowerCase().toUpperCase().normalize('NFD');

/**
 * Hands out names that are free in one folder: `name (2).png` when `name.png` is taken, and so on. Linear in the number
 * of names.
 */
export class FreeNames {
  readonly #taken: Set<string>;
  /** The number to try next, for each name that was requested more than once. */
  readonly #next = new Map<string, number>();

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken.map(nameKey));
  }

  /** The name itself, or the first free one with a number. It counts as taken afterwards. */
  take(name: string): string {
    const key = nameKey(name);
    if (this.#claim(key)) return name;
    const { stem, ending } = splitName(name);
    for (let number = this.#next.get(key) ?? 2; ; number += 1) {
      const numbered = `${stem} (${number})${ending}`;
      if (!this.#claim(nameKey(numbered))) continue;
      this.#next.set(key, number + 1);
      return numbered;
    }
  }

  #claim(key: string): boolean {
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }
}

/**
 * Only this much of a name is used, so that later steps work on bounded text. The end stays, because it has the
 * extension.
 */
const MOST_READ = 2_000;

const bounded = (name: string): string =>
  name.length <= MOST_READ ? name : name.slice(0, MOST_READ / 2) + name.slice(-MOST_READ / 2);

/**
 * APFS refuses code points that Unicode has not assigned (Cn); Windows refuses the others, and spaces and dots at the
 * end.
 */
const clean = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .replace(/[<>:"|?*\p{Cn}]/gu, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');

function fitted(stem: string, tail: string, room: NameLimit): string {
  const named = stem === '' ? 'file' : stem;
  const left = { bytes: room.bytes - Buffer.byteLength(tail), units: room.units - tail.length };
  // A tail that is too long for a very small room is cut too.
  const isWhole = Math.min(left.bytes, left.units) >= LEAST_ROOM / 2;
  const kept = isWhole ? cut(named, left) + tail : cut(named + tail, room);
  return isDeviceName(kept) ? `_${kept}` : kept;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The beginning of a name that fits, with one byte left for the `_` of a device name. Never empty, never half a
 * character.
 */
function cut(name: string, { bytes, units }: NameLimit): string {
  const end = lengthThatFits(name, { bytes: bytes - 1, units: units - 1 });
  if (end === name.length) return name;
  // A letter with a hundred marks can be too long by itself: it is cut between its marks.
  const letter = graphemes.segment(name).containing(end)?.index ?? end;
  const trimmed = name.slice(0, letter === 0 ? end : letter).replace(/[\s.]+$/, '');
  return trimmed === '' ? 'file' : trimmed;
}

/** The number of UTF-16 units of a name that fit, in whole code points. */
function lengthThatFits(name: string, room: NameLimit): number {
  let length = 0;
  let bytes = 0;
  for (const point of name) {
    bytes += bytesOf(point.codePointAt(0) ?? 0);
    if (bytes > room.bytes || length + point.length > room.units) return length;
    length += point.length;
  }
  return length;
}

/** Bytes of a code point in UTF-8. */
function bytesOf(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_0000 ? 3 : 4;
}
