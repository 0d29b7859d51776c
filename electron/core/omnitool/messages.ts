/** Reads the messages of the event stream, as tolerantly as replies (schemas.ts). */
import { z } from 'zod';
import { chatMessage } from './chat.ts';
import { id, listOf, text } from './schemas.ts';
import { nodeId } from './recipe-schema.ts';
import type { BlockFailure, JobNews, ServerEvent } from './server-event.ts';

const anything = z.unknown().optional();
const message = z.object({ type: z.string() });
const jobState = z.object({ body: z.object({ event: z.string() }) });

/** The characters that are kept of an unknown message type. */
const MAX_NAME = 100;

/** The events of a decoded message; empty when it has none, null when it cannot be read. */
export function readMessage(decoded: unknown): readonly ServerEvent[] | null {
  const parsed = message.safeParse(decoded);
  if (!parsed.success) return null;
  const { type } = parsed.data;
  const name = type === 'job_state' ? jobState.safeParse(decoded).data?.body.event : type;
  if (name === undefined) return null;
  const reader = READERS.get(name);
  if (reader === undefined) return [{ type: 'other', name: name.slice(0, MAX_NAME) }];
  return reader.safeParse(decoded).data ?? null;
}

const optionalId = id.nullish().catch(null);
const optionalNode = nodeId.nullish().catch(null);
const optionalName = z.string().nullish().catch(null);

const failure = z
  .object({ nodeId: optionalNode, nodeName: optionalName, message: anything, details: anything })
  .transform(({ nodeId: node = null, nodeName: block = null, message: said, details }) =>
    failureOf(node, block, said, details),
  );

const failureOf = (nodeId: string | null, block: string | null, ...told: readonly unknown[]): BlockFailure => ({
  nodeId,
  block,
  message: told.map(messageOf).find((one) => one !== '') ?? '',
});

/** The message of a text or of an error object. */
function messageOf(thrown: unknown): string {
  const parsed = z
    .union([z.string(), z.object({ message: z.string() }).transform((error) => error.message)])
    .safeParse(thrown);
  return parsed.success ? parsed.data : '';
}

/** Removes repeats of the same failure of the same block. */
const withoutRepeats = (failures: readonly BlockFailure[]): readonly BlockFailure[] => [
  ...new Map(failures.map((one) => [JSON.stringify([one.nodeId, one.block, one.message]), one])).values(),
];

const jobNews = z
  .object({
    jobId: id,
    state: z.string(),
    activeNode: listOf(nodeId).catch([]),
    activeNodeName: optionalName,
    workflowId: optionalId,
    meta: z.object({ name: text }).catch({ name: '' }),
    errors: listOf(failure).catch([]),
  })
  .transform((news): JobNews => ({
    jobId: news.jobId,
    state: news.state,
    activeNodes: news.activeNode,
    activeBlock: news.activeNodeName ?? null,
    recipeId: news.workflowId ?? null,
    recipeName: news.meta.name,
    failures: withoutRepeats(news.errors),
  }));

const ofJob = z.object({ args: z.object({ job_id: id }), workflowId: optionalId });
const ofNode = z.object({ args: z.object({ job_id: id, node_id: nodeId }) });
const blockFailed = z.object({ node_id: optionalNode, componentKey: optionalName, error: anything });

type Reader = z.ZodType<readonly ServerEvent[]>;

const bodyOf = z.object({ body: anything }).transform(({ body }) => body);
const fromBody = <Body>(schema: z.ZodType<Body>, read: (body: Body) => ServerEvent): Reader =>
  bodyOf.pipe(schema).transform((body) => [read(body)]);
const nodeNews = (type: 'node-started' | 'node-finished'): Reader =>
  fromBody(ofNode, ({ args }) => ({ type, jobId: args.job_id, nodeId: args.node_id }));
const always = (event: ServerEvent): Reader => anything.transform(() => [event]);

/** By message type, and for `job_state` by the name of its event. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['job:update', fromBody(jobNews, (news) => ({ type: 'job-update', ...news }))],
  ['job:error', fromBody(jobNews, (news) => ({ type: 'job-error', ...news }))],
  [
    'job_started',
    fromBody(ofJob, ({ args, workflowId = null }) => ({
      type: 'job-started',
      jobId: args.job_id,
      recipeId: workflowId,
    })),
  ],
  ['job_finished', fromBody(ofJob, ({ args }) => ({ type: 'job-finished', jobId: args.job_id }))],
  ['node_started', nodeNews('node-started')],
  ['node_finished', nodeNews('node-finished')],
  [
    'error',
    fromBody(blockFailed, ({ node_id: node = null, componentKey: block = null, error }) => ({
      type: 'block-failed',
      ...failureOf(node, block, error),
    })),
  ],
  ['chat:system', chatMessage],
  ['client:toast', fromBody(z.object({ message: text }), (toast) => ({ type: 'toast', message: toast.message }))],
  ['keepalive', always({ type: 'keepalive' })],
  ['close', always({ type: 'replaced' })],
]);
