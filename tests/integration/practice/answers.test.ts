/** What the recipes give that are there to show every kind of answer (wire 3, 7, 9.3, 9.4). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blank, writePng } from '../../../electron/practice/pixels/picture.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { Stream } from '../../support/wire/stream.ts';
import { data, ENDED, field, list, textAt, Visitor } from '../../support/wire/visitor.ts';

const PNG = new Uint8Array(writePng(blank(8, 8, [0, 0, 255])));

let server: PracticeServer;
let visitor: Visitor;
beforeAll(async () => {
  server = await startPracticeServer();
  visitor = await Visitor.enter(server);
});
afterAll(() => server.close());

const run = async (by: Visitor, recipe: string, args: Readonly<Record<string, unknown>>) => {
  const jobId = await by.start(recipe, args);
  await expect.poll(() => by.stateOf(jobId)).toSatisfy((state: string) => ENDED.includes(state));
  return jobId;
};

/** The messages of one type of a new run, and its end. */
async function told(recipe: string, text: string, type: string) {
  const by = await Visitor.enter(server);
  const jobId = await run(by, recipe, { text });
  const stream = await Stream.open(server.origin, by.cookie);
  await stream.hears('job_state', 'job_finished');
  await stream.close();
  const messages = stream.messages.filter((message) => message.type === type).map(({ body }) => body);
  return { state: await by.stateOf(jobId), messages, result: await by.result(jobId) };
}
const said = (recipe: string, text: string) => told(recipe, text, 'chat:system');

describe('results', () => {
  const resultOf = async (recipe: string, args: Readonly<Record<string, unknown>>) => {
    const answer = await visitor.result(await run(visitor, recipe, args));
    return answer.status === 200 ? data(answer) : answer.status;
  };
  const picture = async () => {
    const [file] = await visitor.upload({ name: 'blue.png', bytes: PNG });
    return { fid: file?.fid };
  };

  it('do not exist for a disabled output; of two outputs the last one to write counts', async () => {
    expect(await resultOf(RECIPE.outputOff, { text: 'one two' })).toBe(404);
    const last = await resultOf(RECIPE.twoOutputs, { text: 'early delay=50' });
    expect(last).not.toHaveProperty('text');
    expect(last).toMatchObject({ artifacts: { images: [{ mimeType: 'image/png' }] } });
  });

  it('may hold a picture under audio, and one file several times', async () => {
    const file = await picture();
    expect(await resultOf(RECIPE.mixedKinds, { images: [file] })).toMatchObject({
      artifacts: { audio: [{ ...file, mimeType: 'image/png' }], files: [file], images: [] },
    });
    expect(await resultOf(RECIPE.sameFileTwice, { images: [file] })).toMatchObject({
      artifacts: { files: [file], images: [file, file] },
    });
  });

  it('have no expires for files that are not kept', async () => {
    const file = await picture();
    const result = await resultOf(RECIPE.expiring, { images: [file] });
    expect(list(field(field(result, 'artifacts'), 'images'))[0]).not.toHaveProperty('expires');
    expect(await resultOf(RECIPE.echo, { images: [file] })).toMatchObject({
      artifacts: { images: [{ expires: Number.MAX_SAFE_INTEGER }] },
    });
  });

  it('need no input if the text is a field of the block', async () => {
    expect(await resultOf(RECIPE.typedAnswer, {})).toMatchObject({ text: ['Typed into the block.'] });
  });
});

describe('chat', () => {
  it('holds tables, lists and code', async () => {
    const { messages, result } = await said(RECIPE.chatReport, 'The cat and the dog');
    expect(messages).toMatchObject([{ content: [{ type: 'text/markdown' }] }]);
    const text = textAt(messages[0], 'content', 0, 'value', 0);
    for (const part of ['| the | 2 |', '- **4** different', '```json\n{']) expect(text).toContain(part);
    expect(result.status).toBe(404);
  });

  it('carries files of several kinds and data', async () => {
    const { messages } = await said(RECIPE.chatFiles, 'one two two');
    const [message] = messages;
    expect(field(message, 'attachments')).toMatchObject({
      object: [{ two: 2, one: 1 }],
      audio: [{ mimeType: 'audio/wave', fileType: 'audio' }],
      documents: [{ fileName: 'words.csv', mimeType: 'text/csv', fileType: 'document' }],
      images: [{ fileName: 'message.png' }, { fileName: 'mirror.png' }],
    });
    const tone = await visitor.get(textAt(message, 'attachments', 'audio', 0, 'url'));
    expect(tone.bytes.toString('latin1', 0, 12)).toMatch(/^RIFF.{4}WAVE$/s);
  });

  it('may be several messages, one plain text, or no text at all', async () => {
    const several = await said(RECIPE.chatMessages, 'hello delay=30');
    expect(several.messages.map((body) => textAt(body, 'content', 0, 'type'))).toEqual([
      'text/plain',
      'text/markdown',
      'text/markdown',
    ]);
    const [plain] = (await said(RECIPE.chatPlain, 'just this')).messages;
    expect(plain).toMatchObject({ content: [{ value: 'just this', type: 'text/plain' }] });
    const [wordless] = (await said(RECIPE.chatWordless, 'drawn')).messages;
    expect(wordless).toMatchObject({ content: [{ value: ' ' }], attachments: { images: [{ fileName: 'text.png' }] } });
  });

  it('exists beside a result, for a form, and when the run fails afterwards', async () => {
    const both = await said(RECIPE.bothWays, 'one two');
    expect(both.messages).toHaveLength(1);
    expect(data(both.result)).toMatchObject({ text: ['message: 2 words, 1 line, 7 characters'] });
    expect((await said(RECIPE.postcard, '')).messages).toMatchObject([{ attachments: { images: [{}] } }]);
    const fails = await said(RECIPE.speaksThenFails, 'my last words');
    expect(fails).toMatchObject({ state: 'error', messages: [{ content: [{ value: ['my last words'] }] }] });
  });

  it('does not mix the answers of two slow runs', async () => {
    const [one, two] = await Promise.all([
      said(RECIPE.slowChat, 'first delay=60'),
      said(RECIPE.slowChat, 'second delay=60'),
    ]);
    expect(one.messages).toMatchObject([{ content: [{ value: ['first delay=60'] }] }]);
    expect(two.messages).toMatchObject([{ content: [{ value: ['second delay=60'] }] }]);
  });
});

it('a block that returns its error sends no error event, one that throws does', async () => {
  const returned = await told(RECIPE.returnsError, 'x', 'error');
  expect([returned.state, returned.messages]).toEqual(['error', []]);
  const thrown = await told(RECIPE.failsHalfway, 'x', 'error');
  expect([thrown.state, thrown.messages.length]).toEqual(['error', 1]);
});
