import { mayExec } from '../auth/token.ts';
import { isObject } from '../base/json.ts';
import { readJson } from '../http/body.ts';
import { json, misfit, notOk, type Reply } from '../http/reply.ts';
import type { Call, Route, SignedInCall } from '../http/router.ts';
import type { JobEngine } from '../jobs/job-engine.ts';
import type { ResultStore } from '../jobs/result-store.ts';
import type { RecipeBook } from '../recipes/recipe-book.ts';

/** Called with each start of a known recipe, before its job is made. */
export type OnStart = (recipeId: string, args: Readonly<Record<string, unknown>>) => void;

/** Starting, watching and stopping jobs, and their results (wire 4, 6, 7, 8). */
export function jobRoutes(
  engine: JobEngine,
  results: ResultStore,
  book: RecipeBook,
  onStart: OnStart,
): readonly Route[] {
  return [
    {
      method: 'POST',
      pattern: /^\/api\/v1\/workflow\/exec$/,
      access: 'token',
      handle: (call) => exec({ engine, book, onStart }, call),
    },
    {
      method: 'GET',
      pattern: /^\/api\/v1\/workflow\/jobs$/,
      access: 'token',
      handle: () => json(200, { jobs: engine.list().map(({ id, state, userId }) => ({ id, state, user: userId })) }),
    },
    {
      method: 'GET',
      pattern: /^\/api\/v1\/workflow\/results$/,
      access: 'token',
      handle: (call) => result(results, call),
    },
    {
      method: 'POST',
      pattern: /^\/api\/v1\/workflow\/stop$/,
      access: 'token',
      handle: (call) => stop(engine, call),
    },
  ];
}

interface Starts {
  readonly engine: JobEngine;
  readonly book: RecipeBook;
  readonly onStart: OnStart;
}

/** Replies 500 `{}` to a malformed request, 500 with a text for an unknown recipe, and 403 for a missing right (wire 4). */
async function exec({ engine, book, onStart }: Starts, { request, session }: SignedInCall): Promise<Reply> {
  const body = await readJson(request);
  if (!body.ok || !isObject(body.value) || !('workflow' in body.value)) return misfit();
  const { workflow, args = {}, startNode = 0 } = body.value;
  if (!isObject(args) || !Number.isFinite(Number(startNode))) return misfit();
  if (!mayExec(session.scopes)) {
    return json(403, { error: 'You do not have permission to execute the workflow' });
  }
  const recipe = book.find(workflow);
  if (recipe !== null) onStart(recipe.id, args);
  const job = recipe === null ? null : engine.start(recipe, args, session);
  if (job === null) return json(500, { error: 'An error occurred' });
  return json(200, { result: { status: 'JOB_STARTED', jobId: job.id, sender: 'omni' } });
}

/** Replies 404 for a result that is not there yet, will never be, or is unknown (wire 7). */
function result(results: ResultStore, { query, session }: SignedInCall): Reply {
  const jobId = query.get('jobId');
  if (jobId === null) return notOk();
  const found = results.find(jobId);
  if (found === null) return json(404, { error: 'Job not found' });
  return found.job.userId === session.userId ? json(200, found) : json(403, { error: 'Unauthorized access' });
}

/** `{}` and an empty id stop all jobs of all users. An id that is not a string stops none (wire 8). */
async function stop(engine: JobEngine, { request }: Call): Promise<Reply> {
  const body = await readJson(request);
  if (!body.ok || !isObject(body.value)) return notOk();
  const jobId = body.value.jobId ?? '';
  if (jobId === '') engine.stop(null);
  else if (typeof jobId === 'string') engine.stop(jobId);
  return json(200, {});
}
