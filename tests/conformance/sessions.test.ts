import { expect } from 'vitest';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import type { Message, Stream } from '../support/wire/stream.ts';
import { field, list, send, textAt, Visitor } from '../support/wire/visitor.ts';
import { PICTURE } from './samples.ts';
import { conformance } from './statement.ts';

const { statement, onPractice } = conformance();

const ofType = (messages: readonly Message[], type: string) => messages.filter((message) => message.type === type);
/** All chat messages as one text. */
const said = (messages: readonly Message[]): string =>
  ofType(messages, 'chat:system')
    .flatMap(({ body }) => list(field(body, 'content')).map((part) => field(part, 'value')))
    .flat()
    .join('\n');
const ended = ({ messages }: Stream, jobId: string) =>
  ofType(messages, 'job:update').some(
    ({ body }) => field(body, 'jobId') === jobId && field(body, 'state') === 'success',
  );

statement('9.4', 'chat output is Markdown in a list of texts, with files beside it', ['chat'], async (stage) => {
  const by = await stage.enter();
  const [file] = await by.upload({ name: 'dot.png', bytes: PICTURE });
  await stage.run('chat', { text: 'a **horse**', images: [{ fid: file?.fid }] }, by);
  const stream = await stage.listen(by);
  await stream.hears('job_state', 'job_finished');
  await stream.close();
  const [message] = ofType(stream.messages, 'chat:system');
  expect(textAt(message, 'body', 'content', 0, 'type')).toBe('text/markdown');
  expect(textAt(message, 'body', 'content', 0, 'value', 0)).toContain('a **horse**');
  expect(textAt(message, 'body', 'attachments', 'images', 0, 'fid')).toMatch(/^\d+,\w+$/);
});

statement('9.4', 'chat output names neither job nor recipe', ['chat'], async (stage) => {
  const { jobId, messages } = await stage.replay('chat', { text: 'x' });
  const text = JSON.stringify(ofType(messages, 'chat:system'));
  expect(text).not.toContain(jobId);
  expect(text).not.toContain(stage.recipe('chat'));
});

statement('9.4', 'chat output goes to the session that started the job, and to no other', ['chat'], async (stage) => {
  const elsewhere = await stage.listen(await stage.enter());
  const { jobId } = await stage.replay('chat', { text: 'for one alone' });
  await elsewhere.until((stream) => ended(stream, jobId));
  await elsewhere.close();
  expect(ofType(elsewhere.messages, 'chat:system')).toEqual([]);
});

statement('9.4', 'chat output is heard at once where the stream is open', ['chat'], async (stage) => {
  expect(said((await stage.hear('chat', { text: 'live' })).messages)).toContain('live');
});

statement('9.4', 'chat output is kept while nobody listens', ['chat'], async (stage) => {
  expect(said((await stage.replay('chat', { text: 'kept' })).messages)).toContain('kept');
});

statement(
  '9.4',
  'two runs at the same time, each in its own session, get their own answers',
  ['chat'],
  async (stage) => {
    const [one, two] = await Promise.all([
      stage.replay('chat', { text: 'answer to one' }),
      stage.replay('chat', { text: 'answer to two' }),
    ]);
    expect([said(one.messages).includes('to one'), said(one.messages).includes('to two')]).toEqual([true, false]);
    expect([said(two.messages).includes('to two'), said(two.messages).includes('to one')]).toEqual([true, false]);
  },
);

statement('9.4', 'two runs in one session cannot be told apart by their messages', ['chat'], async (stage) => {
  const by = await stage.enter();
  await Promise.all([stage.run('chat', { text: 'mixed one' }, by), stage.run('chat', { text: 'mixed two' }, by)]);
  const stream = await stage.listen(by);
  await stream.until(({ messages }) => ofType(messages, 'chat:system').length >= 2);
  await stream.close();
  expect(said(stream.messages)).toMatch(/mixed (one|two)[^]*mixed (one|two)/);
});

statement('9.4', 'the error text of a failed job is kept for its session too', ['failsBefore'], async (stage) => {
  const { messages } = await stage.replay('failsBefore', { text: 'x' });
  expect(textAt(ofType(messages, 'error')[0], 'body', 'error')).not.toBe('');
});

statement('9.4', 'what a run said before it failed is kept', ['speaksThenFails'], async (stage) => {
  const { state, messages } = await stage.replay('speaksThenFails', { text: 'last words' });
  expect([state, said(messages).includes('last words')]).toEqual(['error', true]);
});

statement('9.4', 'updates of a job are not kept', ['failsBefore'], async (stage) => {
  const { messages } = await stage.replay('failsBefore', { text: 'x' });
  expect(ofType(messages, 'job:update').concat(ofType(messages, 'job:error'))).toEqual([]);
});

statement('9.4', 'updates of a job go to every open stream of its user', ['echo'], async (stage) => {
  const elsewhere = await stage.listen(await stage.enter());
  const { jobId } = await stage.run('echo', { text: 'x' }, await stage.enter());
  await elsewhere.until((stream) => ended(stream, jobId));
  await elsewhere.close();
  expect(ofType(elsewhere.messages, 'job_state')).toEqual([]);
});

onPractice('9.4', 'nothing of all this goes to another user', 'needs a second user', async (practice, stage) => {
  const other = await Visitor.enter(practice, await practice.mintToken({ user: 'other' }));
  const theirs = await stage.listen(other);
  await stage.hear('chat', { text: 'private' });
  await other.upload({ name: 'own.txt', bytes: new Uint8Array([65]) });
  await theirs.hears('client:toast');
  await theirs.close();
  expect(theirs.messages.map(({ type }) => type)).toEqual(['client:toast']);
});

statement('9.4', 'a start without a cookie belongs to a session that its reply names', ['chat'], async (stage) => {
  const headers = { authorization: `Bearer ${stage.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ workflow: stage.recipe('chat'), args: { text: 'for nobody' } });
  const answer = await send(stage.origin, 'POST', '/api/v1/workflow/exec', { headers, body });
  const again = await send(stage.origin, 'GET', '/api/v1/workflow/jobs', { headers });
  expect(answer.headers.getSetCookie()).not.toEqual([]);
  expect(again.headers.getSetCookie()).not.toEqual(answer.headers.getSetCookie());
});

statement('9.4', 'a recipe may say several things, each a message, in their order', ['chatMessages'], async (stage) => {
  const { messages } = await stage.replay('chatMessages', { text: 'several delay=30' });
  const types = ofType(messages, 'chat:system').map(({ body }) => textAt(body, 'content', 0, 'type'));
  expect(types.slice(0, 2)).toEqual(['text/plain', 'text/markdown']);
});

statement('9.4', 'files of every kind and data can be attached', ['chatFiles'], async (stage) => {
  const { messages } = await stage.replay('chatFiles', { text: 'one two two' });
  const attachments = field(ofType(messages, 'chat:system')[0]?.body, 'attachments');
  for (const kind of ['images', 'audio', 'documents', 'object']) {
    expect(list(field(attachments, kind))).not.toHaveLength(0);
  }
});

statement('9.4', 'a message may have files and no words', ['chatWordless'], async (stage) => {
  const { messages } = await stage.replay('chatWordless', { text: 'drawn' });
  const attachments = field(ofType(messages, 'chat:system')[0]?.body, 'attachments');
  expect([said(messages).trim(), list(field(attachments, 'images')).length]).toEqual(['', 1]);
});

statement('9.4', 'a recipe may answer in the chat and by a result', ['bothWays'], async (stage) => {
  const { messages, result } = await stage.replay('bothWays', { text: 'one two' });
  expect([said(messages) === '', result.status]).toEqual([false, 200]);
});

statement('9.4', 'in the server’s own notices the text is no list', [], async (stage) => {
  const by = await stage.enter();
  const script = '/api/v1/mercenaries/runscript/generateJwtToken';
  await by.post(script, ['exec', 'Workflow', '60']);
  const stream = await stage.listen(by);
  await stream.hears('chat:system');
  await stream.close();
  const content = list(field(ofType(stream.messages, 'chat:system')[0]?.body, 'content'))[0];
  // The text is a token, which a failing assertion must not print.
  expect([typeof field(content, 'value'), field(content, 'type')]).toEqual(['string', 'text/plain']);
});

statement('9.5', 'a second stream on a session closes the first, and says so to it', [], async (stage) => {
  const by = await stage.enter();
  const first = await stage.listen(by);
  const second = await stage.listen(by);
  await first.until((stream) => stream.ended);
  expect(first.messages.at(-1)).toMatchObject({ type: 'close', body: { reason: 'new_connection' } });
  await second.close();
});

statement('9.5', 'a stream that is closed before the next is opened loses nothing', ['chat'], async (stage) => {
  const by = await stage.enter();
  for (const text of ['turn one', 'turn two', 'turn three']) {
    const stream = await stage.listen(by);
    await by.start(stage.recipe('chat'), { text });
    await stream.hears('job_state', 'job_finished');
    expect(said(stream.messages)).toContain(text);
    await stream.close();
  }
});

statement('12', 'a second stream goes deaf when the connection of the first closes', ['chat'], async (stage) => {
  const by = await stage.enter();
  const first = await stage.listen(by);
  const second = await stage.listen(by);
  await first.until((stream) => stream.ended);
  await first.close();
  await stage.run('chat', { text: 'unheard' }, by);
  expect(second.messages.filter(({ type }) => type !== 'keepalive')).toEqual([]);
  expect(second.ended).toBe(false);
  await second.close();
});

statement('12', 'what a deaf stream missed comes with the next', ['chat'], async (stage) => {
  const by = await stage.enter();
  const [first, second] = [await stage.listen(by), await stage.listen(by)];
  await first.close();
  await stage.run('chat', { text: 'after all' }, by);
  await second.close();
  const third = await stage.listen(by);
  await third.hears('job_state', 'job_finished');
  await third.close();
  expect(said(third.messages)).toContain('after all');
});

statement('12', 'a drained session replays nothing again', ['chat'], async (stage) => {
  const { by } = await stage.replay('chat', { text: 'once' });
  const again = await stage.listen(by, '');
  await again.hears('chat');
  await again.close();
  expect(again.messages.map(({ type }) => type)).toEqual(['chat']);
});

onPractice(
  '12',
  'a session’s stream carries toasts of the user’s other sessions',
  'other work would show',
  async (_, stage) => {
    const stream = await stage.listen(await stage.enter());
    const by = await stage.enter();
    await by.start(RECIPE.pictureFromText, { text: 'x' });
    await stream.hears('client:toast');
    await stream.close();
    expect(ofType(stream.messages, 'client:toast')).toMatchObject([{ body: { message: 'File created: text.png' } }]);
  },
);
