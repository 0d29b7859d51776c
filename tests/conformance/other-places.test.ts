import { expect } from 'vitest';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { data, field, list, textAt } from '../support/wire/visitor.ts';
import type { Stage } from './stage.ts';
import { conformance } from './statement.ts';

const { statement, onPractice } = conformance();

const FILES = '/api/v1/mercenaries/runscript/omni-core-filemanager:files';
const LINK = /\/fid\/(\d\d,\w+)/g;

const filesOf = async ({ visitor }: Stage, tags?: readonly string[]): Promise<readonly unknown[]> =>
  list(field(data(await visitor.post(FILES, { limit: 50, expiryType: 'any', ...(tags && { tags }) })), 'files'));

const chatOf = (messages: readonly unknown[]): readonly unknown[] =>
  messages.filter((message) => textAt(message, 'type') === 'chat:system');

statement('13.5', 'a chat text links to files that no message attaches', ['illustrated'], async (stage) => {
  const { messages } = await stage.replay('illustrated', { text: 'a harbour' });
  const [text, document] = chatOf(messages).map((message) => field(message, 'body'));
  const said = JSON.stringify(field(text, 'content'));
  const fids = [...said.matchAll(LINK)].map(([, fid]) => fid ?? '');
  expect(new Set(fids).size).toBe(2);
  expect(JSON.stringify(field(text, 'attachments'))).not.toContain('/fid/');
  for (const fid of fids) {
    const record = data(await stage.visitor.get(`/fid/${fid}?obj=true`));
    expect(record).toMatchObject({ fid, mimeType: 'image/png', size: expect.any(Number) as number });
  }
  const [attached] = list(field(field(document, 'attachments'), 'documents'));
  const page = await (await fetch(`${stage.origin}${textAt(attached, 'url')}`)).text();
  for (const fid of fids) expect(page).toContain(`/fid/${fid}`);
});

statement('13.5', 'several chat outputs speak in the order in which they finish', ['chatRace'], async (stage) => {
  const { messages } = await stage.replay('chatRace', { text: 'a harbour delay=30' });
  const said = chatOf(messages).map((message) => JSON.stringify(field(field(message, 'body'), 'content')));
  expect(said.map((each) => ['# Your message', '## Report'].find((begin) => each.includes(begin)) ?? 'text')).toEqual([
    'text',
    '# Your message',
    '## Report',
  ]);
});

statement('13.5', 'a file output alone gives neither a result nor chat', ['fileOutput'], async (stage) => {
  const { state, result, messages } = await stage.replay('fileOutput', { text: 'a page' });
  expect(state).toBe('success');
  expect(result.status).toBe(404);
  expect(chatOf(messages)).toEqual([]);
});

statement('13.5', 'its file has no tag of the job, its name and time alone tell', ['fileOutput'], async (stage) => {
  const { jobId } = await stage.run('fileOutput', { text: 'a page' });
  expect(await filesOf(stage, [`job.${jobId}`])).toEqual([]);
  const [newest] = await filesOf(stage);
  expect(newest).toMatchObject({ fileName: 'page.html', mimeType: 'text/html', tags: [] });
  expect(field(field(newest, 'meta'), 'created')).toEqual(expect.any(Number));
  expect(newest).not.toHaveProperty('expires');
});

statement(
  '13.5',
  'what blocks stored for a job is found by its tag, the newest first',
  ['illustrated'],
  async (stage) => {
    const { jobId } = await stage.run('illustrated', { text: 'a harbour' });
    const files = await filesOf(stage, [`job.${jobId}`]);
    expect(files).toHaveLength(3);
    for (const file of files) expect(field(file, 'tags')).toEqual([`#job.${jobId}`]);
    const numbers = files.map((file) => Number(field(file, 'seq')));
    expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
  },
);

statement('13.5', 'the File Manager takes the cookie only', ['fileOutput'], async ({ origin, token }) => {
  const answer = await fetch(origin + FILES, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(401);
});

onPractice('13.5', 'a recipe that no list holds loads and runs by its id', 'needs such a recipe', async (_, stage) => {
  const id = RECIPE.leavesFile;
  expect(stage.listed()).not.toContain(id);
  expect((await stage.visitor.get(`/api/v1/workflow/${id}`)).status).toBe(200);
  const jobId = await stage.visitor.start(id, { text: 'a harbour' });
  await stage.until(
    () => stage.visitor.stateOf(jobId),
    (state) => state === 'success',
  );
});
