import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { useCommand } from './set-up.ts';

const EXEC = 'POST /api/v1/workflow/exec';

const command = useCommand();
const omnitray = command.run;
let proxy: FaultProxy;

beforeEach(async () => {
  proxy = await startFaultProxy(command.server.origin);
  expect(await omnitray(['connect', proxy.origin])).toMatchObject({ code: 0 });
  // The run's own session would tell which job it is.
  proxy.fail('GET /api/v1/mercenaries/listen', 404);
});
afterEach(() => proxy.close());

/** Starts a run whose answer is lost; its short id. */
async function loseAnswer(): Promise<string> {
  proxy.fail(EXEC, 'lose-answer', 1);
  const ran = await omnitray(['run', 'Word count', '-m', 'one two three']);
  expect(ran).toMatchObject({ code: 8, out: '' });
  const settle = /omnitray settle (\w{8}) /.exec(ran.err)?.[1];
  if (settle === undefined) throw new Error(`No next step in: ${ran.err}`);
  return settle;
}

describe('omnitray settle', () => {
  it('lists the candidate of an unconfirmed run, and takes it with --job', async () => {
    const id = await loseAnswer();
    const listed = await omnitray(['settle', id]);
    expect(listed).toMatchObject({ code: 8 });
    expect(listed.out).toMatch(/^[\w-]{36} {2}success\n$/);
    expect(listed.err).toContain('One job on the server could be this run.');
    const taken = await omnitray(['settle', id, '--job', listed.out.slice(0, 8)]);
    expect(taken).toMatchObject({ code: 0 });
    expect(taken.out).toContain('3 words');
    expect(proxy.seen.filter((route) => route === EXEC)).toHaveLength(1);
  });

  it('takes the only candidate without its id', async () => {
    const taken = await omnitray(['settle', await loseAnswer(), '--take', '--json']);
    expect(taken).toMatchObject({ code: 0 });
    expect(JSON.parse(taken.out)).toMatchObject({ run: { state: 'succeeded' } });
  });

  it('refuses a job that does not exist', async () => {
    const ended = await omnitray(['settle', await loseAnswer(), '--job', 'zzz']);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain('None of the jobs');
  });

  it('gives a run up, also while the server is away', async () => {
    const id = await loseAnswer();
    proxy.fail('', 'cut');
    const ended = await omnitray(['settle', id, '--give-up']);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.err).toContain('Ended by you.');
    expect((await omnitray(['runs'])).out).toMatch(/Failed\s+Word count/);
  });

  it('reports that an ended run needs no decision', async () => {
    await omnitray(['run', 'Word count', '-m', 'one']);
    const [id = ''] = (await omnitray(['runs'])).out.split(' ');
    const ended = await omnitray(['settle', id, '--take']);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain('is not unconfirmed but "Done"');
  });
});
