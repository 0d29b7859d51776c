import { END_STATES, type RunState, type RunView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { SEVERAL } from './losses.ts';
import { UNTIL_FINISHED, runReaches, startRecipe } from '../../support/test-core.ts';

/** What a person does, from the drop to the end. */
export type Scenario = 'files' | 'chat' | 'batch' | 'stop' | 'waiting';

interface Play {
  readonly scenario: Scenario;
  readonly mark: string;
  readonly inputs: readonly string[];
}

/** How many runs a scenario makes, and the end that each of them comes to when nothing goes wrong. */
export const SCENARIOS: Readonly<Record<Scenario, { readonly runs: number; readonly ends: readonly RunState[] }>> = {
  files: { runs: 1, ends: ['succeeded'] },
  chat: { runs: 1, ends: ['succeeded'] },
  batch: { runs: 3, ends: ['succeeded'] },
  // A stop that was never asked for, because the process ended before, leaves a run that goes on.
  stop: { runs: 1, ends: ['stopped', 'succeeded'] },
  waiting: { runs: 1, ends: ['succeeded'] },
};

/** Plays it to the end of all its runs. */
export async function play(core: Core, { scenario, mark, inputs }: Play): Promise<void> {
  const runs = await begin(core, scenario, mark, inputs);
  if (scenario === 'stop') {
    const [run] = runs;
    await runReaches(core, run?.id ?? '', 'running');
    await core.runs.stop(core.engine, run?.id ?? '');
  }
  for (const { id } of runs) await runReaches(core, id, ...END_STATES);
}

async function begin(
  core: Core,
  scenario: Scenario,
  mark: string,
  inputs: readonly string[],
): Promise<readonly RunView[]> {
  switch (scenario) {
    case 'files':
    case 'waiting':
      return [await startRecipe(core, 'Echo', inputs, mark)];
    case 'chat':
      return [await startRecipe(core, SEVERAL, [], `${mark} delay=50`)];
    case 'stop':
      return [await startRecipe(core, 'Slow steps', [], `${UNTIL_FINISHED} ${mark}`)];
    case 'batch': {
      const started: RunView[] = [];
      for (const [index, input] of [...inputs, ...inputs].slice(0, 3).entries())
        started.push(await startRecipe(core, 'Echo', [input], `${mark} ${'abc'.charAt(index)};`));
      return started;
    }
  }
}
