import { asArtifact, type FileRecord, withoutExpiry } from '../files/file-record.ts';
import { type Block, type BlockRun, filesOf, objectsOf, textsOf } from './block.ts';

/** The kinds of files in a result, in the server's order (wire 7). */
const ARTIFACTS = ['audio', 'documents', 'files', 'images', 'videos'] as const;

/** Writes the result that `/results` shows. Inputs without a connection are absent, connected ones may be empty (wire 7). */
export const recipeOutput: Block = async (run) => {
  const { inputs, data } = run;
  const typedText = typeof data.text === 'string' ? [data.text] : null;
  const text = inputs.text === undefined ? typedText : textsOf(inputs, 'text');
  const artifacts: [string, readonly unknown[]][] = [];
  for (const port of ARTIFACTS) {
    if (inputs[port] !== undefined) artifacts.push([port, await kept(run, filesOf(inputs, port))]);
  }
  await run.conclude({
    ...(text !== null && { text }),
    ...(inputs.objects !== undefined && { objects: objectsOf(inputs, 'objects') }),
    artifacts: Object.fromEntries(artifacts),
  });
  return {};
};

/** Sends its inputs to the chat only (wire 9.4). */
export const chatOutput: Block = async (run) => {
  const { inputs, data } = run;
  const attachments: [string, unknown][] = [
    ['object', inputs.object === undefined ? undefined : objectsOf(inputs, 'object')],
  ];
  for (const port of ARTIFACTS) {
    attachments.push([port, inputs[port] === undefined ? undefined : await kept(run, filesOf(inputs, port))]);
  }
  const type = typeof data.textType === 'string' ? data.textType : 'text/plain';
  // Without a text the block says one space (read in its source, not run).
  const said = inputs.text === undefined ? ' ' : textsOf(inputs, 'text');
  run.say(said, type, Object.fromEntries(attachments));
  return {};
};

const ENDINGS: ReadonlyMap<unknown, string> = new Map([
  ['text/html', 'html'],
  ['text/markdown', 'md'],
]);

/** Stores its text as a file in the File Manager, and tells neither result nor chat of it (wire 13.5). */
export const fileOutput: Block = async (run) => {
  const { inputs, data } = run;
  const [given] = textsOf(inputs, 'fileName');
  const name = given ?? (typeof data.fileName === 'string' && data.fileName !== '' ? data.fileName : 'file');
  const text = textsOf(inputs, 'text').join('\n');
  if (text !== '') await run.putAside(Buffer.from(text), `${name}.${ENDINGS.get(data.textType) ?? 'txt'}`);
  return {};
};

/** Makes the files of a result permanent, unless the block is set to let them expire. Then `expires` is absent (wire 7). */
const kept = (run: BlockRun, files: readonly FileRecord[]): Promise<readonly unknown[]> =>
  Promise.all(
    files.map(async (file) =>
      run.data.persistData === 'Expiring' ? withoutExpiry(file) : asArtifact(await run.files.keep(file)),
    ),
  );
