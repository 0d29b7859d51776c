import { expect } from 'vitest';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { data, field, fields, list, Visitor } from '../support/wire/visitor.ts';
import type { Stage } from './stage.ts';
import { conformance } from './statement.ts';

let now = Date.now();
const { statement, onPractice } = conformance({ clock: () => now });

const STOP = '/api/v1/workflow/stop';
const SLOW = { text: 'steps=1 delay=600' };
const jobs = async (visitor: Visitor) => list(field(data(await visitor.get('/api/v1/workflow/jobs')), 'jobs'));
const reaches = (stage: Stage, jobId: string, wanted: string) =>
  stage.until(
    () => stage.visitor.stateOf(jobId),
    (state) => state === wanted,
  );

statement('6', 'a job is listed with its id, its state and its user, and nothing else', ['echo'], async (stage) => {
  await stage.run('echo', {});
  for (const job of await jobs(stage.visitor)) expect(fields(job)).toEqual(['id', 'state', 'user']);
});

statement('6', 'jobs are listed oldest first', ['echo'], async (stage) => {
  const [first, second] = [await stage.run('echo', {}), await stage.run('echo', {})];
  const ids = (await jobs(stage.visitor)).map((job) => field(job, 'id'));
  expect(ids.indexOf(first.jobId)).toBeLessThan(ids.indexOf(second.jobId));
});

statement('6', 'a job runs from before its start is answered, and ends in success', ['slow'], async (stage) => {
  stage.hold();
  const jobId = await stage.visitor.start(stage.recipe('slow'), SLOW);
  expect(await stage.visitor.stateOf(jobId)).toBe('running');
  stage.letGo();
  await reaches(stage, jobId, 'success');
});

statement('6', 'a job with a failing block ends in error', ['failsBefore'], async (stage) => {
  expect((await stage.run('failsBefore', { text: 'x' })).state).toBe('error');
});

statement(
  '6',
  'a recipe without blocks that fail ends in success with or without a result',
  ['chat'],
  async (stage) => {
    expect((await stage.run('chat', { text: 'x' })).state).toBe('success');
  },
);

onPractice('6', 'everybody’s jobs are listed for everybody', 'needs a second user', async (practice, stage) => {
  const other = await Visitor.enter(practice, await practice.mintToken({ user: 'other' }));
  const { jobId } = await stage.run('echo', {});
  expect(await other.stateOf(jobId)).toBe('success');
});

onPractice('6', 'a job vanishes 20 minutes after its end', 'takes 20 minutes', async (_, stage) => {
  const { jobId } = await stage.run('echo', {});
  now += 19 * 60_000;
  expect(await stage.visitor.stateOf(jobId)).toBe('success');
  now += 61_000;
  expect(await stage.visitor.stateOf(jobId)).toBeUndefined();
});

onPractice('6', 'a job that runs for longer than that stays listed', 'takes 20 minutes', async (_, stage) => {
  stage.hold();
  const jobId = await stage.visitor.start(RECIPE.slowSteps, SLOW);
  now += 60 * 60_000;
  expect(await stage.visitor.stateOf(jobId)).toBe('running');
  stage.letGo();
  await reaches(stage, jobId, 'success');
});

onPractice('7', 'a result outlives its job', 'takes 20 minutes', async (_, stage) => {
  const { jobId } = await stage.run('echo', { text: 'kept' });
  now += 21 * 60_000;
  expect(data(await stage.visitor.result(jobId))).toMatchObject({ text: ['kept'] });
});

statement('8', 'a stop is answered 200 {} and ends after the block at work', ['slow'], async (stage) => {
  stage.hold();
  const jobId = await stage.visitor.start(stage.recipe('slow'), { text: 'steps=2 delay=600' });
  const answer = await stage.visitor.post(STOP, { jobId });
  expect([answer.status, answer.text]).toEqual([200, '{}']);
  expect(await stage.visitor.stateOf(jobId)).toBe('forceStop');
  stage.letGo();
  await reaches(stage, jobId, 'stopped');
});

statement('8', 'a job stopped before its output has no result', ['slow'], async (stage) => {
  stage.hold();
  const jobId = await stage.visitor.start(stage.recipe('slow'), { text: 'steps=2 delay=300' });
  await stage.visitor.post(STOP, { jobId });
  stage.letGo();
  await reaches(stage, jobId, 'stopped');
  expect((await stage.visitor.result(jobId)).status).toBe(404);
});

statement('8', 'a stop of an unknown job is answered the same and stops nothing', ['slow'], async (stage) => {
  stage.hold();
  const jobId = await stage.visitor.start(stage.recipe('slow'), SLOW);
  const answer = await stage.visitor.post(STOP, { jobId: 'nope' });
  expect([answer.status, answer.text]).toEqual([200, '{}']);
  expect(await stage.visitor.stateOf(jobId)).toBe('running');
});

statement('8', 'a stop of an ended job changes nothing', ['echo'], async (stage) => {
  const { jobId } = await stage.run('echo', {});
  expect((await stage.visitor.post(STOP, { jobId })).status).toBe(200);
  expect(await stage.visitor.stateOf(jobId)).toBe('success');
});

onPractice('8', 'a stop that names no job stops everybody’s', 'stops everything', async (practice, stage) => {
  const other = await Visitor.enter(practice, await practice.mintToken({ user: 'other' }));
  stage.hold();
  const jobId = await stage.visitor.start(RECIPE.slowSteps, SLOW);
  await other.post(STOP, {});
  expect(await stage.visitor.stateOf(jobId)).toBe('forceStop');
  stage.letGo();
  await reaches(stage, jobId, 'stopped');
});
