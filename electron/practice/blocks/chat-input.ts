import { isObject, type ParsedJson, parseJson } from '../base/json.ts';
import { isRecognised, SNIFF_BYTES } from '../files/file-name.ts';
import type { FileRecord } from '../files/file-record.ts';
import { type Block, type BlockRun, filesValue, objectsValue, ReturnedError, textsOf, textValue } from './block.ts';

const MEDIA = ['images', 'audio', 'video', 'documents'] as const;

/**
 * Turns the `args` of an exec call into the values of the recipe's inputs. What is saved in the block counts for what the
 * call leaves out (wire 4).
 */
export const chatInput: Block = async (run) => {
  if ('error' in run.args) throw new ReturnedError(String(run.args.error));
  const given: Readonly<Record<string, unknown>> = { ...run.data, ...fed(run), ...run.args };
  const text = asText(given.text);
  const media = [];
  for (const kind of MEDIA) media.push([kind, filesValue(await asFiles(run, kind, given[kind]))] as const);
  return {
    text: textValue(text),
    ...Object.fromEntries(media),
    json: objectsValue(asObjects(given.json === '' ? null : given.json, text)),
  };
};

/** A block that is connected to the text counts more than what is saved (read). */
const fed = ({ inputs }: BlockRun): object => {
  const texts = textsOf(inputs, 'text');
  return texts.length === 0 ? {} : { text: texts.join('\n') };
};

/** Joins lists by line breaks and prints objects as JSON (wire 4). */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(String).join('\n') : JSON.stringify(value, null, 2);
}

/** Without `json`, a text that is JSON gives objects too (wire 4). */
function asObjects(value: unknown, text: string): readonly unknown[] | null {
  const source = value ?? text;
  const parsed: ParsedJson = typeof source === 'string' ? parseJson(source) : { ok: true, value: source };
  if (!parsed.ok || parsed.value === null) return null;
  const objects: unknown = parsed.value;
  return isList(objects) ? objects : [objects];
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

type Media = (typeof MEDIA)[number];

/** The files that an argument names, in any of the forms of wire 4. */
export async function asFiles(run: BlockRun, kind: Media, value: unknown): Promise<readonly FileRecord[]> {
  if (value === undefined || value === null) return [];
  const forms: readonly unknown[] = isList(value) ? value : typeof value === 'string' ? lines(value) : [value];
  const files: FileRecord[] = [];
  for (const form of forms) {
    const file = typeof form === 'string' ? await fromString(run, kind, form) : fromObject(run, form);
    if (file !== null) files.push(file);
  }
  return files;
}

const lines = (value: string): readonly string[] => value.split('\n').filter((line) => line !== '');

/** Anything but an object with a known fid is dropped silently (wire 4). */
function fromObject(run: BlockRun, form: unknown): FileRecord | null {
  const fid = isObject(form) ? form.fid : undefined;
  return typeof fid === 'string' ? run.files.find(fid) : null;
}

/** Every string among the documents becomes a text file (wire 4). */
async function fromString(run: BlockRun, kind: Media, form: string): Promise<FileRecord> {
  if (kind === 'documents') return run.makeText(form);
  const data = /^data:[^,]*;base64,(.*)$/s.exec(form)?.[1];
  if (data !== undefined) return run.makeFile(Buffer.from(data, 'base64'), null);
  if (form.startsWith('fid://')) return fromAddress(run, form);
  if (form.startsWith('/fid/')) throw new Error(`Failed to fetch ${form}`);
  // The real server fetches it, twice (wire 4). This one makes no outgoing connection.
  if (/^https?:\/\//i.test(form)) throw new Error(`The practice server fetches nothing: ${form}`);
  return (await fromBase64(run, form)) ?? run.makeText(form);
}

/** Only the bare fid works. The `furl` that the server gives fails the job (wire 4). */
function fromAddress(run: BlockRun, form: string): FileRecord {
  const file = run.files.find(form.slice('fid://'.length));
  if (file === null) throw new Error(`Failed to fetch ${form}`);
  return file;
}

/**
 * The decoded bytes; null if the text is not padded base64 (of either alphabet), or the bytes are of no known type. Such a
 * text is stored as text.
 */
async function fromBase64(run: BlockRun, form: string): Promise<FileRecord | null> {
  if (form.length % 4 !== 0 || !/^[A-Za-z0-9+/_-]{4,}={0,2}$/.test(form)) return null;
  const bytes = Buffer.from(form, 'base64');
  return (await isRecognised(bytes.subarray(0, SNIFF_BYTES))) ? run.makeFile(bytes, null) : null;
}
