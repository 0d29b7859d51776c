import { expect } from 'vitest';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { data, send, Visitor } from '../support/wire/visitor.ts';
import { conformance } from './statement.ts';

const { statement, onPractice } = conformance();

statement('10', 'GET /version answers without sign-in with the version in plain text', [], async ({ origin }) => {
  const answer = await send(origin, 'GET', '/version');
  expect(answer).toMatchObject({ status: 200 });
  expect(answer.text).toMatch(/^\d+\.\d+\.\d+/);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
});

statement('10', 'ping answers without sign-in', [], async ({ origin }) => {
  const answer = await send(origin, 'GET', '/api/v1/mercenaries/ping');
  expect([answer.status, data(answer)]).toEqual([200, { ping: 'pong', payload: {} }]);
});

statement('10', 'requests in quick succession are all answered', [], async ({ visitor }) => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => visitor.get('/api/v1/workflow/jobs')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});

statement('10', 'starts in quick succession all run, each with its own result', ['echo'], async (stage) => {
  const texts = Array.from({ length: 20 }, (_, index) => `run ${index}`);
  const ended = await Promise.all(texts.map((text) => stage.run('echo', { text })));
  expect(ended.map(({ result }) => data(result))).toMatchObject(texts.map((text) => ({ text: [text] })));
});

const RESTARTS = 'restarts the server';

onPractice('10', 'a restart keeps cookies, tokens, files and results', RESTARTS, async (practice, stage) => {
  const [file] = await stage.visitor.upload({ name: 'kept.txt', bytes: new Uint8Array([65]) });
  const { jobId } = await stage.run('echo', { documents: [{ fid: file?.fid }] });
  await practice.restart();
  expect((await stage.visitor.result(jobId)).status).toBe(200);
  expect((await stage.visitor.get(`/fid/${file?.fid ?? ''}`)).text).toBe('A');
  expect((await Visitor.enter(practice)).cookie).not.toBe('');
});

onPractice('10', 'a restart forgets jobs, and an interrupted one has no result', RESTARTS, async (practice, stage) => {
  const jobId = await stage.visitor.start(RECIPE.slowSteps, {});
  await practice.restart();
  expect(data(await stage.visitor.get('/api/v1/workflow/jobs'))).toEqual({ jobs: [] });
  expect((await stage.visitor.result(jobId)).status).toBe(404);
  expect((await stage.visitor.post('/api/v1/workflow/stop', { jobId })).text).toBe('{}');
});

onPractice('10', 'an interrupted job whose output had run keeps its result', RESTARTS, async (practice, stage) => {
  const jobId = await stage.visitor.start(RECIPE.failsAfterOutput, { text: 'early' });
  await stage.until(
    async () => (await stage.visitor.result(jobId)).status,
    (status) => status === 200,
  );
  await practice.restart();
  expect(data(await stage.visitor.result(jobId))).toMatchObject({ text: ['early'], job: { success: true } });
});
