import { join } from 'node:path';
import type { AttachmentKind, FormValue, ReceiptView, RunFormField, SentFactsView } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { FreeNames, nameLimitIn, safeFileName, titledName } from '../base/file-name.ts';
import { errnoOf } from '../base/errno.ts';
import type { Run, RunInput } from '../model/run.ts';
import type { FileErrorCode } from '../base/file-error.ts';
import { findInput } from '../intake/same-inputs.ts';
import type { StoredArtifact, StoredResult } from '../store/result-store.ts';
import { numberedNames, timesOf } from './naming.ts';
import { artifactPath } from '../model/artifact-path.ts';
import { bytesOf, sentFacts, startOf } from '../model/sent-facts.ts';
import { userFiles } from '../user-files/user-files.ts';
import { copyNew } from './saver.ts';
import { diskError } from '../base/error-view.ts';

/** The words of the receipt for a missing input. */
const LOSSES = {
  'file-vanished': 'gone',
  'file-changed': 'changed',
  'file-too-large': 'changed',
  'file-unreadable': 'unreadable',
  'file-refused': 'refused',
  'file-unanswered': 'unanswered',
  'file-busy': 'busy',
  'disk-crowded': 'crowded',
  'file-broken': 'broken',
  'file-path': 'path',
} as const satisfies Record<FileErrorCode, string>;

/** Why a part of a run is missing in its export. */
type Missing = 'left-out' | (typeof LOSSES)[FileErrorCode] | 'not-copied' | NonNullable<StoredArtifact['problem']>;

interface ReceiptPart {
  readonly name: string;
  readonly size: number;
  readonly type: string | null;
  readonly sha256: string | null;
  /** Path in the export with `/` on every system; null when it is missing. */
  readonly file: string | null;
  readonly missing: Missing | null;
}

interface ReceiptInput extends ReceiptPart, SentFactsView {
  readonly kind: AttachmentKind | 'message';
}

interface ReceiptOutput extends ReceiptPart {
  readonly kind: 'text' | 'data' | 'chat' | 'file';
  /** Where a file was found that the answer itself does not name; absent for others. */
  readonly found?: NonNullable<StoredArtifact['source']>;
}

/**
 * `receipt.json` of an export. Other programs may rely on its shape: fields may be added, and `version` goes up when a
 * field changes its meaning or is removed. Times are ISO 8601 in UTC, sizes are bytes. It never holds the token,
 * cookies, or the server's ids of files, which open them to anyone.
 */
export interface ExportReceipt {
  readonly format: 'omnitray-receipt';
  readonly version: 1;
  readonly run: string;
  readonly recipe: { readonly id: string; readonly name: string };
  readonly server: { readonly name: string; readonly address: string };
  readonly state: Run['state'];
  readonly reason: Run['reason'];
  readonly failures: Run['failures'];
  readonly start: ReceiptView['start'];
  readonly made: string;
  readonly started: string | null;
  readonly ended: string | null;
  /** The values of the recipe's form; absent without a form. */
  readonly form?: readonly { readonly name: string; readonly label: string; readonly value: FormValue }[];
  readonly inputs: readonly ReceiptInput[];
  readonly outputs: readonly ReceiptOutput[];
}

/** The run to export. */
export interface ExportSource {
  readonly run: Run;
  readonly result: StoredResult;
  /** The folder that holds the run's files. */
  readonly folder: string;
}

/** The result of an export. */
export interface Exported {
  readonly folder: string;
  readonly files: number;
  /** Names of the files that are missing. */
  readonly failed: readonly string[];
  /** The files of the result, as paths in the folder with `/` on every system. */
  readonly results: readonly string[];
}

/**
 * Makes a folder in `target` with the inputs of a run (`inputs/`), its results (`outputs/`), and `receipt.json`, which
 * lists them and what is missing. The folder is called `name`, or that and a number. Overwrites nothing. A file that cannot be copied does not stop the others.
 *
 * @throws AppError `disk-full`, `disk-refused` when the folder or the receipt could not be written
 */
export async function exportRun(
  source: ExportSource,
  target: string,
  name = exportName(source.run, target),
): Promise<Exported> {
  const { run } = source;
  const folder = await newFolder(target, name, ['inputs', 'outputs']);
  const inputs = await inputsOf(source, placeIn(folder, 'inputs'));
  const outputs = await outputsOf(source, placeIn(folder, 'outputs'));
  const receipt: ExportReceipt = { ...factsOf(run), inputs, outputs };
  await write(join(folder, 'receipt.json'), `${JSON.stringify(receipt, null, 2)}\n`);
  const all = [...inputs, ...outputs];
  return {
    folder,
    files: all.filter(({ file }) => file !== null).length,
    failed: all.filter(({ file }) => file === null).map(({ name: missing }) => missing),
    results: outputs.flatMap(({ kind, file }) => (kind === 'file' && file !== null ? [file] : [])),
  };
}

/** The name of an export: its recipe and its time. */
export function exportName({ recipeName, endedAt, createdAt }: Run, target: string): string {
  const { date, time } = timesOf(endedAt ?? createdAt);
  return titledName(recipeName, ` ${date} ${time}`, nameLimitIn(target));
}

const factsOf = (run: Run): Omit<ExportReceipt, 'inputs' | 'outputs'> => ({
  format: 'omnitray-receipt',
  version: 1,
  run: run.id,
  recipe: { id: run.recipeId, name: run.recipeName },
  server: { name: run.serverName, address: run.origin },
  state: run.state,
  reason: run.reason,
  failures: run.failures,
  start: startOf(run),
  made: isoOf(run.createdAt),
  started: run.startedAt === null ? null : isoOf(run.startedAt),
  ended: run.endedAt === null ? null : isoOf(run.endedAt),
  ...(run.form === null ? {} : { form: formOf(run.form) }),
});

const formOf = (form: readonly RunFormField[]): NonNullable<ExportReceipt['form']> =>
  form.flatMap(({ key, label, value, files }) => (files === null ? [{ name: key, label, value }] : []));

const isoOf = (at: number): string => new Date(at).toISOString();

/** Creates a new folder with these folders in it, so that everything in it belongs to this export. */
export async function newFolder(target: string, name: string, within: readonly string[]): Promise<string> {
  // A folder has no ending: the `.5 2026` of a recipe's version is not one.
  for (const free of numberedNames(name, '')) {
    const folder = join(target, free);
    try {
      for (const each of [folder, ...within.map((part) => join(folder, part))])
        await userFiles.makeFolder(each, { recursive: false });
      return folder;
    } catch (failure) {
      if (errnoOf(failure) !== 'EEXIST') throw diskError(failure, target);
    }
  }
  throw new AppError('disk-in-the-way', target);
}

/** A new folder of an export: a name is free when this export did not use it. */
interface Place {
  /** Absolute path. */
  readonly folder: string;
  /** Name of the folder as the receipt has it. */
  readonly name: string;
  readonly names: FreeNames;
}

const placeIn = (root: string, name: string): Place => ({ folder: join(root, name), name, names: new FreeNames() });

async function inputsOf({ run, folder }: ExportSource, place: Place): Promise<readonly ReceiptInput[]> {
  const found: ReceiptInput[] = [];
  if (run.message !== '') {
    const part = await textPart(place, 'message.txt', 'Message', run.message);
    found.push({ kind: 'message', ...part, sentAs: 'text', sent: bytesOf(run.message), changes: [] });
  }
  for (const input of run.inputs) {
    const { kind, name, path, text } = input;
    const part =
      path === null
        ? await textPart(place, `${kind}-${input.position + 1}.${kind === 'json' ? 'json' : 'txt'}`, name, text ?? '')
        : await inputFile({ ...input, path }, folder, place);
    found.push({ kind, ...part, ...sentFacts(input, run) });
  }
  return found;
}

async function inputFile(
  input: RunInput & { readonly path: string },
  folder: string,
  place: Place,
): Promise<ReceiptPart> {
  const { name, size, mime, sha256 } = input;
  const facts = { name, size, type: mime, sha256 };
  const found = await findInput(input, folder);
  if ('loss' in found) return { ...facts, file: null, missing: LOSSES[found.loss] };
  return { ...facts, ...(await copied(found.path, name, place)) };
}

async function outputsOf({ result, folder }: ExportSource, place: Place): Promise<readonly ReceiptOutput[]> {
  const found: ReceiptOutput[] = [];
  for (const [index, text] of result.texts.entries())
    found.push({ kind: 'text', ...(await textPart(place, `text-${index + 1}.md`, 'Text', text)) });
  for (const [index, object] of result.objects.entries())
    found.push({ kind: 'data', ...(await textPart(place, `data-${index + 1}.json`, 'Data', object)) });
  for (const { position, text, format } of result.messages) {
    if (text === '') continue;
    const name = `chat-${position + 1}.${format === 'markdown' ? 'md' : 'txt'}`;
    found.push({ kind: 'chat', ...(await textPart(place, name, 'Chat answer', text)) });
  }
  if (result.leftOut > 0) found.push(leftOut(result.leftOut));
  for (const artifact of result.artifacts) found.push({ kind: 'file', ...(await outputFile(artifact, folder, place)) });
  return found;
}

const leftOut = (messages: number): ReceiptOutput => ({
  ...{ kind: 'chat', name: `${messages} more`, size: 0, type: null, sha256: null },
  ...{ file: null, missing: 'left-out' },
});

async function outputFile(
  artifact: StoredArtifact,
  folder: string,
  place: Place,
): Promise<Omit<ReceiptOutput, 'kind'>> {
  const { size, mime, sha256, problem } = artifact;
  const found = artifact.source === null ? {} : { found: artifact.source };
  const facts = { name: safeFileName(artifact.name), size, type: mime, sha256, ...found };
  const path = artifactPath(folder, artifact);
  if (path === null) return { ...facts, file: null, missing: problem ?? 'gone' };
  return { ...facts, ...(await copied(path, facts.name, place)) };
}

async function copied(source: string, name: string, place: Place): Promise<Pick<ReceiptPart, 'file' | 'missing'>> {
  const free = place.names.take(safeFileName(name, nameLimitIn(place.folder)));
  return placed(place, free, (path) => copyNew(source, name, path));
}

async function textPart(place: Place, fileName: string, name: string, text: string): Promise<ReceiptPart> {
  const facts = { name, size: Buffer.byteLength(text), type: null, sha256: null };
  return { ...facts, ...(await placed(place, place.names.take(fileName), (path) => write(path, text))) };
}

/** Copies a file into the export and returns its place, or why it is missing. */
async function placed(
  { folder, name }: Place,
  fileName: string,
  put: (path: string) => Promise<void>,
): Promise<Pick<ReceiptPart, 'file' | 'missing'>> {
  try {
    await put(join(folder, fileName));
    return { file: `${name}/${fileName}`, missing: null };
  } catch (failure) {
    if (!(failure instanceof AppError)) throw failure;
    return { file: null, missing: 'not-copied' };
  }
}

/** Fails when the file exists. */
async function write(path: string, text: string): Promise<void> {
  try {
    await userFiles.write(path, text, 'new');
  } catch (failure) {
    throw diskError(failure, path);
  }
}
