import { z } from 'zod';
import { RUN_STATES } from '../views.ts';
import type { DraftView, RunChoicesView, RunsPageView, RunView, StartedView } from '../views.ts';
import { id, listUpTo, nothing, PROTOCOL, takes, textUpTo } from './call.ts';
import { dropped } from './dropped.ts';

/** What is not given is not asked for. */
const runFilter = z.strictObject({
  states: z.array(z.enum(RUN_STATES)).min(1).max(RUN_STATES.length, PROTOCOL).optional(),
  recipeId: id.optional(),
  profileId: id.optional(),
  favourite: z.literal(true).optional(),
  needsYou: z.literal(true).optional(),
});
export type RunSearchFilter = z.output<typeof runFilter>;

export const RUNS_CALLS = {
  /** Runs the draft as it stands on its recipe, and clears it. Several runs when each attachment is to have its own. */
  'runs:start': nothing.gives<StartedView>(),
  /** Runs what was dropped on a recipe by itself. Where it cannot be sent as it is, it is on the table and there are no runs. */
  'runs:drop': takes(z.strictObject({ recipeId: id, things: dropped })).gives<StartedView>(),
  /** Undoes a start of which nothing was sent yet: what it would have sent is on the table again. */
  'runs:undo-start': takes(z.strictObject({ runIds: listUpTo(id, 'runs').min(1) })).gives<DraftView>(),
  /** Runs it once more on the very same inputs. Files that changed or went away are told, and nothing is sent. */
  'runs:again': takes(z.strictObject({ runId: id })).gives<RunView>(),
  /** Runs those of a batch again that did not succeed. */
  'runs:failed-again': takes(z.strictObject({ batchId: id })).gives<readonly RunView[]>(),
  'runs:stop': takes(z.strictObject({ runId: id })).gives<RunView>(),
  'runs:stop-batch': takes(z.strictObject({ batchId: id })).gives<null>(),
  'runs:stop-all': nothing.gives<null>(),
  /** Takes the one job on the server that can be this unconfirmed run's for it, by the user's word. */
  'runs:adopt': takes(z.strictObject({ runId: id })).gives<RunView>(),
  /** Ends an unconfirmed run by the user's word. It is never sent again by itself. */
  'runs:give-up': takes(z.strictObject({ runId: id })).gives<RunView>(),
  'runs:seen': takes(z.strictObject({ runId: id })).gives<RunView>(),
  /** Marks every ended run as looked at; answers how many were not. */
  'runs:see-all': nothing.gives<{ readonly runs: number }>(),
  /** Undoes the last `runs:see-all`. */
  'runs:unsee-all': nothing.gives<null>(),
  'runs:favourite': takes(z.strictObject({ runId: id, favourite: z.boolean() })).gives<RunView>(),
  /** Removes ended runs with their files; `runs:restore` brings them back until `until`. */
  'runs:remove': takes(z.strictObject({ runIds: listUpTo(id, 'runs').min(1) })).gives<{ readonly until: number }>(),
  'runs:restore': takes(z.strictObject({ runIds: listUpTo(id, 'runs').min(1) })).gives<readonly RunView[]>(),
  /**
   * A page of all runs there ever were, newest first: those in which all words of `query` are found and that pass the
   * filter. `limit` is exceeded only to keep the runs of one moment, so those of one drop, on one page.
   */
  'runs:search': takes(
    z.strictObject({
      query: textUpTo('query'),
      filter: runFilter,
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(200, PROTOCOL),
    }),
  ).gives<RunsPageView>(),
  /** The recipes and servers that there are runs of. */
  'runs:choices': nothing.gives<RunChoicesView>(),
} as const;
