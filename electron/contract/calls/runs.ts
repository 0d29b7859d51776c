import { z } from 'zod';
import type { DraftView, RunChoicesView, RunsPageView, RunView, StartedView } from '../views.ts';
import { RUN_STATES } from '../views.ts';
import { id, listUpTo, nothing, PROTOCOL, takes, textUpTo } from './call.ts';
import { dropped } from './dropped.ts';

/** A field that is left out does not filter. */
const runFilter = z.strictObject({
  states: z.array(z.enum(RUN_STATES)).min(1).max(RUN_STATES.length, PROTOCOL).optional(),
  recipeId: id.optional(),
  profileId: id.optional(),
  favourite: z.literal(true).optional(),
  needsYou: z.literal(true).optional(),
});
export type RunSearchFilter = z.output<typeof runFilter>;

export const RUNS_CALLS = {
  /** Starts the draft and clears it. In the mode `each` every attachment gets a run. */
  'runs:start': nothing.gives<StartedView>(),
  /** Starts what was dropped on a recipe, without the draft. What cannot be sent goes to the draft, and no run starts. */
  'runs:drop': takes(z.strictObject({ recipeId: id, presetId: id.optional(), things: dropped })).gives<StartedView>(),
  /** Undoes a start of which nothing was sent yet, and restores the draft. */
  'runs:undo-start': takes(z.strictObject({ runIds: listUpTo(id, 'runs').min(1) })).gives<DraftView>(),
  /** Repeats a run with the same inputs. Fails with `inputs-changed` when files changed or are missing. */
  'runs:again': takes(z.strictObject({ runId: id })).gives<RunView>(),
  /** Repeats the runs of a batch that did not succeed. */
  'runs:failed-again': takes(z.strictObject({ batchId: id })).gives<readonly RunView[]>(),
  'runs:stop': takes(z.strictObject({ runId: id })).gives<RunView>(),
  'runs:stop-batch': takes(z.strictObject({ batchId: id })).gives<null>(),
  'runs:stop-all': nothing.gives<null>(),
  /** Assigns to an unconfirmed run the only job that can be its own, as the user decided. */
  'runs:adopt': takes(z.strictObject({ runId: id })).gives<RunView>(),
  /** Ends an unconfirmed run, as the user decided. It is not sent again. */
  'runs:give-up': takes(z.strictObject({ runId: id })).gives<RunView>(),
  'runs:seen': takes(z.strictObject({ runId: id })).gives<RunView>(),
  /** Marks every ended run as seen. Answers how many were not. */
  'runs:see-all': nothing.gives<{ readonly runs: number }>(),
  /** Undoes the last `runs:see-all`. */
  'runs:unsee-all': nothing.gives<null>(),
  'runs:favourite': takes(z.strictObject({ runId: id, favourite: z.boolean() })).gives<RunView>(),
  /** Removes ended runs with their files. `runs:restore` can restore them until `until`. */
  'runs:remove': takes(z.strictObject({ runIds: listUpTo(id, 'runs').min(1) })).gives<{ readonly until: number }>(),
  'runs:restore': takes(z.strictObject({ runIds: listUpTo(id, 'runs').min(1) })).gives<readonly RunView[]>(),
  /**
   * A page of all stored runs that match all words of `query` and the filter, newest first. It exceeds `limit` only to
   * keep the runs of one drop on one page.
   */
  'runs:search': takes(
    z.strictObject({
      query: textUpTo('query'),
      filter: runFilter,
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(200, PROTOCOL),
    }),
  ).gives<RunsPageView>(),
  /** The recipes and servers of all stored runs. */
  'runs:choices': nothing.gives<RunChoicesView>(),
} as const;
