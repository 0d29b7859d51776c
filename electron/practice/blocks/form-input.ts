import { isObject } from '../base/json.ts';
import type { FileRecord } from '../files/file-record.ts';
import { type Block, type BlockRun, filesValue, ReturnedError, textValue, type Value } from './block.ts';
import { asFiles, asText } from './chat-input.ts';
import { formInputs, type FormInput } from './graph.ts';

/** The sockets whose files the form block converts itself (wire 13.3). */
const FILE_SOCKETS: readonly string[] = ['image', 'audio', 'video', 'document', 'file'];

/** Entries with another storage are dropped without an error (wire 13.3). */
const STORAGE = 'b64-fixed-storage-provider';

/** With these declared types the address itself is stored as the text of the file (wire 13.3). */
const TEXT_TYPES: readonly unknown[] = ['text/plain', 'text/markdown', 'text/csv', 'text/html'];

/**
 * Gives each input of the form as an output of the same name, from the `args` of the exec call. Nothing is validated, and
 * the schema of the form is not read (wire 13.2).
 */
export const formInput: Block = async (run) => {
  if ('error' in run.args) throw new ReturnedError(String(run.args.error));
  const outputs: [string, Value][] = [];
  for (const [key, input] of Object.entries(formInputs(run.data))) {
    outputs.push([key, await valueOf(run, input, given(run, key, input))]);
  }
  return Object.fromEntries(outputs);
};

/** What the start gives, else what is saved in the block, else the default of the block (wire 13.2). */
function given({ args, data }: BlockRun, key: string, input: FormInput): unknown {
  if (Object.hasOwn(args, key)) return args[key] ?? '';
  return [data[key], input.default].find((value) => value !== undefined && value !== null && value !== '');
}

async function valueOf(run: BlockRun, input: FormInput, value: unknown): Promise<Value> {
  const socket = typeof input.customSocket === 'string' ? input.customSocket : '';
  if (FILE_SOCKETS.some((kind) => socket === `${kind}Array`)) {
    return filesValue(await asFiles(run, socket.startsWith('document') ? 'documents' : 'images', value));
  }
  if (FILE_SOCKETS.includes(socket)) {
    const files = await converted(run, value);
    const takesMany = isObject(input.socketOpts) && input.socketOpts.array === true;
    return filesValue(takesMany ? files : files.slice(0, 1));
  }
  const isEmpty = value === undefined || value === '';
  // Any text but the empty one counts as true, "false" too (wire 13.2).
  if (input.type === 'boolean' && !isEmpty) return textValue(String(Boolean(value)));
  return textValue(asText(value));
}

/** A text counts as a list of its letters, which are all dropped (wire 13.3). */
async function converted(run: BlockRun, value: unknown): Promise<readonly FileRecord[]> {
  if (typeof value === 'string') return [];
  if (!Array.isArray(value)) throw new TypeError('payloadValue[key] is not iterable');
  const files: FileRecord[] = [];
  for (const entry of value as readonly unknown[]) {
    if (isObject(entry) && entry.storage === STORAGE) files.push(await fileOf(run, entry));
  }
  return files;
}

/** The file of one entry. Bytes that are not base64, and an empty `url`, give an empty file (wire 13.3). */
async function fileOf(run: BlockRun, entry: Readonly<Record<string, unknown>>): Promise<FileRecord> {
  const name = typeof entry.name === 'string' ? entry.name : null;
  const url = typeof entry.url === 'string' ? entry.url : '';
  if (TEXT_TYPES.includes(entry.type)) return run.makeFile(Buffer.from(url), name, { document: true });
  // A wrong declared type is believed (wire 13.3).
  const declared = typeof entry.type === 'string' && entry.type !== '' ? { type: entry.type } : {};
  if (url === '') return run.makeFile(Buffer.alloc(0), name, declared);
  if (url.startsWith('data:')) return run.makeFile(bytesOf(url), name, declared);
  // The very same file, without a copy (wire 13.3).
  if (url.startsWith('fid://')) return known(run, url.slice('fid://'.length));
  const own = run.files.fidIn(url);
  if (own !== null) return run.makeFile(await run.files.read(known(run, own)), name, declared);
  if (/^https?:\/\//i.test(url)) throw new Error(`The practice server fetches nothing: ${url}`);
  // The server takes its own path for one on port 80 (recorded).
  throw new Error('connect ECONNREFUSED 127.0.0.1:80');
}

function bytesOf(url: string): Buffer {
  const text = /^data:[^,]*;base64,([A-Za-z0-9+/_-]*={0,2})$/.exec(url)?.[1] ?? '';
  return Buffer.from(text, 'base64');
}

function known(run: BlockRun, fid: string): FileRecord {
  const file = run.files.find(fid);
  if (file === null) throw new Error(`cdn.get(): no record found for ${fid}`);
  return file;
}
