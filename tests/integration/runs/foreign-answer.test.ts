import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Core } from '../../../electron/core/app/core.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type Hop, startHop } from '../../faults/support/hop.ts';
import { json } from '../../support/scripted-server.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';

const EXEC = 'POST /api/v1/workflow/exec';

let server: PracticeServer;
let hop: Hop;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

beforeEach(async () => {
  server = await startPracticeServer({ showAll: true });
  hop = await startHop(server.origin, [EXEC]);
  home = await makeHome();
  core = openCore(home, { logger });
  await connectTo(core, hop.origin, server.token);
});

afterEach(async () => {
  core.close();
  await hop.close();
  await server.close();
  await home.remove();
  expect(logger.errors).toEqual([]);
});

it('a start that gets the answer to another start does not take its job', async () => {
  hop.on(EXEC, hop.forward);
  const first = await startRecipe(core, 'Echo', [], 'the first');
  await runReaches(core, first.id, 'succeeded');
  hop.on(EXEC, json(200, { result: { status: 'JOB_STARTED', jobId: core.runs.get(first.id).jobId, sender: 'omni' } }));
  const second = await startRecipe(core, 'Echo', [], 'the second');
  await runReaches(core, second.id, 'unconfirmed');
  expect(core.runs.get(second.id)).toMatchObject({ jobId: null, reason: 'answer-lost' });
  expect(core.runs.result(second.id).texts).toEqual([]);
  expect(hop.askedFor(EXEC)).toHaveLength(2);
});
