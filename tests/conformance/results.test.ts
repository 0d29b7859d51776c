import { expect } from 'vitest';
import { data, field, fields, list, textAt, Visitor } from '../support/wire/visitor.ts';
import { PICTURE } from './samples.ts';
import type { Stage } from './stage.ts';
import { conformance } from './statement.ts';

const { statement, onPractice } = conformance();
const NOT_FOUND = [404, '{"error":"Job not found"}'];
const NEVER = 9_007_199_254_740_991;

const picture = async ({ visitor }: Stage) => {
  const [file] = await visitor.upload({ name: 'dot.png', bytes: PICTURE });
  return { fid: file?.fid };
};
const firstImage = (result: unknown): unknown => list(field(field(result, 'artifacts'), 'images'))[0];

statement('7', 'a result names its job and recipe and when it was made', ['echo'], async (stage) => {
  const { jobId, result } = await stage.run('echo', { text: 'x' });
  expect(data(result)).toMatchObject({ job: { jobId, recipeId: stage.recipe('echo') } });
  expect(Math.abs(Number(field(data(result), 'created')) - Date.now())).toBeLessThan(600_000);
});

statement('7', 'what is connected and got nothing is empty', ['echo'], async (stage) => {
  const result = data((await stage.run('echo', {})).result);
  expect(result).toMatchObject({ text: [''], objects: null });
  const lists = field(result, 'artifacts');
  for (const kind of fields(lists)) expect(list(field(lists, kind))).toEqual([]);
});

statement('7', 'what is not connected is absent', ['pictures'], async (stage) => {
  const result = data((await stage.run('pictures', { images: [await picture(stage)] })).result);
  expect(result).not.toHaveProperty('objects');
  expect(fields(field(result, 'artifacts'))).toEqual(['images']);
});

statement('7', 'an artifact has fid, name, size and type, and no bytes', ['echo'], async (stage) => {
  const { fid } = await picture(stage);
  const artifact = firstImage(data((await stage.run('echo', { images: [{ fid }] })).result));
  expect(artifact).toMatchObject({ fid, fileName: 'dot.png', size: PICTURE.length, mimeType: 'image/png' });
  expect(artifact).not.toHaveProperty('data');
});

statement('7', 'an artifact is kept for good', ['echo'], async (stage) => {
  const { result } = await stage.run('echo', { images: [await picture(stage)] });
  expect(firstImage(data(result))).toMatchObject({ expires: NEVER });
});

statement('7', 'an artifact of an expiring output does not say when it ends', ['expiring'], async (stage) => {
  const { result } = await stage.run('expiring', { images: [await picture(stage)] });
  expect(firstImage(data(result))).not.toHaveProperty('expires');
});

statement('7', 'an artifact can be fetched as told', ['echo'], async (stage) => {
  const artifact = firstImage(data((await stage.run('echo', { images: [await picture(stage)] })).result));
  expect((await stage.visitor.get(textAt(artifact, 'url'))).bytes.equals(PICTURE)).toBe(true);
});

statement('7', 'a text typed into the output block comes back without any input', ['typedAnswer'], async (stage) => {
  const { state, result } = await stage.run('typedAnswer');
  expect(state).toBe('success');
  expect(textAt(data(result), 'text', 0)).not.toBe('');
});

statement('7', 'a result can be had before its job has ended', ['failsAfter'], async (stage) => {
  stage.hold();
  const jobId = await stage.visitor.start(stage.recipe('failsAfter'), { text: 'early' });
  await stage.until(
    async () => (await stage.visitor.result(jobId)).status,
    (status) => status === 200,
  );
  expect(await stage.visitor.stateOf(jobId)).toBe('running');
});

statement('7', 'a job that failed after its output has a result that claims success', ['failsAfter'], async (stage) => {
  const { state, result } = await stage.run('failsAfter', { text: 'early' });
  expect(state).toBe('error');
  expect(data(result)).toMatchObject({ text: ['early'], job: { errors: null, success: true } });
});

statement('7', 'of two outputs the last to run has the whole say', ['twoOutputs'], async (stage) => {
  const { visitor } = stage;
  stage.hold();
  const jobId = await visitor.start(stage.recipe('twoOutputs'), { text: 'first delay=400' });
  await stage.until(
    async () => (await visitor.result(jobId)).status,
    (status) => status === 200,
  );
  const early = data(await visitor.result(jobId));
  stage.letGo();
  await stage.until(
    () => visitor.stateOf(jobId),
    (state) => state === 'success',
  );
  const late = data(await visitor.result(jobId));
  expect(Number(field(late, 'created'))).toBeGreaterThan(Number(field(early, 'created')));
  expect(list(field(late, 'text') ?? []).length).toBeLessThan(2);
});

statement('7', 'a failure before the output leaves no result', ['failsBefore'], async (stage) => {
  const { result } = await stage.run('failsBefore', { text: 'x' });
  expect([result.status, result.text]).toEqual(NOT_FOUND);
});

statement('7', 'a recipe that only chats leaves no result', ['chat'], async (stage) => {
  const { result } = await stage.run('chat', { text: 'x' });
  expect([result.status, result.text]).toEqual(NOT_FOUND);
});

statement(
  '7',
  'a job that has not come to its output, and an unknown one, are answered alike',
  ['slow'],
  async (stage) => {
    stage.hold();
    const jobId = await stage.visitor.start(stage.recipe('slow'), { text: 'steps=1 delay=600' });
    for (const id of [jobId, '11111111-1111-1111-1111-111111111111', '']) {
      const answer = await stage.visitor.result(id);
      expect([answer.status, answer.text]).toEqual(NOT_FOUND);
    }
  },
);

statement('7', 'a question without a job id is 500', [], async ({ visitor }) => {
  const answer = await visitor.get('/api/v1/workflow/results');
  expect([answer.status, answer.text]).toEqual([500, '{"ok":false}']);
});

onPractice('7', 'a result is for its owner alone', 'needs a second user', async (practice, stage) => {
  const other = await Visitor.enter(practice, await practice.mintToken({ user: 'other' }));
  const { jobId } = await stage.run('echo', {});
  const answer = await other.result(jobId);
  expect([answer.status, answer.text]).toEqual([403, '{"error":"Unauthorized access"}']);
});
