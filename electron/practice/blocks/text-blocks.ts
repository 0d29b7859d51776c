import { createHash } from 'node:crypto';
import type { FileRecord } from '../files/file-record.ts';
import { counted } from './counted.ts';
import { parseCsv } from './csv.ts';
import { type Block, type BlockRun, filesOf, filesValue, objectsValue, textsOf, textValue } from './block.ts';

const TEXT_TYPES = /^(text\/|application\/(json|xml|javascript|yaml))/;

/** All files of all media inputs. */
const allFiles = (run: BlockRun): readonly FileRecord[] =>
  ['images', 'audio', 'video', 'documents'].flatMap((port) => filesOf(run.inputs, port));

interface Source {
  readonly name: string;
  /** null if the file is not text. */
  readonly text: string | null;
}

/** The message, and the documents with their text if they are text. */
async function sources(run: BlockRun): Promise<readonly Source[]> {
  const message = textsOf(run.inputs, 'text').join('\n');
  const found: Source[] = message === '' ? [] : [{ name: 'message', text: message }];
  for (const file of filesOf(run.inputs, 'documents')) {
    const text = TEXT_TYPES.test(file.mimeType) ? (await run.files.read(file)).toString('utf8') : null;
    found.push({ name: file.fileName, text });
  }
  return found;
}

/** Counts words, lines and characters of each text: an object for each, and a summary. */
export const wordCount: Block = async (run) => {
  const counts = [];
  const summary = [];
  for (const { name, text } of await sources(run)) {
    if (text === null) summary.push(`${name}: not a text file, left out`);
    else {
      const words = text.match(/\S+/gu)?.length ?? 0;
      const lines = text === '' ? 0 : text.replace(/\r?\n$/, '').split(/\r?\n/).length;
      const characters = Array.from(text).length;
      counts.push({ name, words, lines, characters });
      summary.push(
        `${name}: ${counted(words, 'word')}, ${counted(lines, 'line')}, ${counted(characters, 'character')}`,
      );
    }
  }
  return { text: textValue(summary.join('\n') || 'There was nothing to count.'), objects: objectsValue(counts) };
};

/** SHA-256, size and type of each file. Files are read as streams. */
export const hashFiles: Block = async (run) => {
  const rows = [];
  for (const file of allFiles(run)) {
    const hash = createHash('sha256');
    for await (const chunk of run.files.stream(file)) if (Buffer.isBuffer(chunk)) hash.update(chunk);
    rows.push({ name: file.fileName, sha256: hash.digest('hex'), size: file.size, mime: file.mimeType });
  }
  const table = rows.map(({ name, sha256, size, mime }) => `${sha256}  ${size}  ${mime}  ${name}`);
  return { text: textValue(table.join('\n') || 'There was no file to hash.'), objects: objectsValue(rows) };
};

/** Turns each CSV table into a list of objects with the fields of its first row, as data and as a JSON file. */
export const csvToJson: Block = async (run) => {
  const notes: string[] = [];
  const objects: unknown[] = [];
  const documents: FileRecord[] = [];
  for (const { name, text } of await sources(run)) {
    if (text === null) {
      notes.push(`${name}: not a text file, left out`);
      continue;
    }
    const rows = parseCsv(text);
    objects.push(...rows);
    const jsonName = `${name.replace(/\.[^.]*$/, '')}.json`;
    documents.push(await run.makeFile(Buffer.from(JSON.stringify(rows, null, 2)), jsonName, { document: true }));
    notes.push(`${name}: ${counted(rows.length, 'row')}`);
  }
  return {
    text: textValue(notes.join('\n') || 'There was no table to read.'),
    objects: objectsValue(objects),
    documents: filesValue(documents),
  };
};

/** Joins the message and all text documents to one file, in their order. */
export const joinText: Block = async (run) => {
  const found = await sources(run);
  const parts = found.flatMap(({ text }) => (text === null ? [] : [text.replace(/\s+$/, '')]));
  const left = found.flatMap(({ name, text }) => (text === null ? [`${name}: not a text file, left out`] : []));
  const file = await run.makeFile(Buffer.from(`${parts.join('\n\n')}\n`), 'joined.txt', { document: true });
  return {
    text: textValue([`Joined ${counted(parts.length, 'text')}.`, ...left].join('\n')),
    documents: filesValue([file]),
  };
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Makes a web page of a message: its first line is the title, each further one a paragraph. */
export const webPage: Block = (run) => {
  const [title = '', ...rest] = textsOf(run.inputs, 'text').join('\n').trim().split('\n').map(escaped);
  const body = rest.filter((line) => line.trim() !== '').map((line) => `<p>${line}</p>\n`);
  const head = `<!doctype html>\n<meta charset="utf-8">\n<title>${title}</title>\n<h1>${title}</h1>\n`;
  return Promise.resolve({ text: textValue(head + body.join('')) });
};
