import { expect, it } from 'vitest';
import type { ServerEvent } from '../../../../electron/core/omnitool/server-event.ts';
import { JobRegistry } from '../../../../electron/core/runs/watch/job-registry.ts';
import { TestClock } from '../../../support/test-clock.ts';

const news = (activeNodes: readonly string[], activeBlock: string | null): ServerEvent => ({
  ...{ type: 'job-update', jobId: 'j', state: 'running', recipeId: 'r', recipeName: 'Two branches', failures: [] },
  ...{ activeNodes, activeBlock },
});

/** What is said to be at work after each piece of news. */
function told(...events: readonly ServerEvent[]) {
  const board = new JobRegistry(new TestClock(), () => false);
  return events.map((event) => board.update('p', event)?.active ?? null);
}

it('names the block that began last, also when a repeated event has no name', () => {
  // As a real server told of a recipe with two branches (recorded).
  expect(
    told(
      news(['1'], 'omnitool.chat_input'),
      news([], null),
      news(['3', '2'], 'x:report'),
      news(['3', '2'], 'omnitool.recipe_output'),
      news(['3', '2'], null),
      news(['2'], 'x:report'),
      news(['2'], null),
    ),
  ).toEqual([
    { nodeId: '1', block: 'omnitool.chat_input' },
    null,
    { nodeId: '3', block: 'x:report' },
    { nodeId: '3', block: 'omnitool.recipe_output' },
    { nodeId: '3', block: 'omnitool.recipe_output' },
    { nodeId: '2', block: 'x:report' },
    { nodeId: '2', block: 'x:report' },
  ]);
});

it('does not give a block the name of another active block', () => {
  const [, , both] = told(news(['2'], 'x:slow'), news(['3', '2'], 'x:quick'), news(['3', '2'], 'x:slow'));
  expect(both).toEqual({ nodeId: '3', block: 'x:quick' });
});

it('keeps our jobs, however many other jobs are reported', () => {
  const board = new JobRegistry(new TestClock(), (jobId) => jobId === 'ours');
  const job = (jobId: string): ServerEvent => ({ ...news(['1'], 'omnitool.chat_input'), jobId }) as ServerEvent;
  board.update('p', job('ours'));
  for (let index = 0; index < 5_000; index += 1) board.update('p', job(`other ${index}`));
  expect(board.find('ours')).toMatchObject({ active: { nodeId: '1' } });
  expect(board.all().length).toBeLessThan(2_100);
});
