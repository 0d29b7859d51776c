import type { EventStreams } from '../events/event-streams.ts';
import type { GraphNode } from '../blocks/graph.ts';
import type { Job } from './job.ts';

/** Sends the events of one job to the streams, in the server's words and order of fields (wire 9.2, 9.3, recorded streams). */
export class JobEvents {
  readonly #job: Job;
  readonly #streams: EventStreams;

  constructor(job: Job, streams: EventStreams) {
    this.#job = job;
    this.#streams = streams;
  }

  /** To all streams of the user: the state of the job. `at` is the block that changed; null if none did. */
  update(at: GraphNode | null): void {
    this.#toUser('job:update', at);
  }

  /** To all streams of the user: the job has another error. */
  failed(at: GraphNode | null): void {
    this.#toUser('job:error', at);
  }

  started(): void {
    const { id, recipe, sessionId, userId } = this.#job;
    this.#state('job_started', { job_id: id }, { workflowId: recipe.id, sessionId, userId });
  }

  finished(): void {
    const { id, sessionId, userId } = this.#job;
    this.#state('job_finished', { job_id: id }, { sessionId, userId });
  }

  nodeStarted(node: GraphNode): void {
    const { id, recipe, sessionId, userId } = this.#job;
    this.#state('node_started', { node_id: node.id, job_id: id }, { sessionId, userId, workflowId: recipe.id });
  }

  /** Sent for failed blocks too (wire 9.3). */
  nodeFinished(node: GraphNode): void {
    const { id, sessionId, userId } = this.#job;
    this.#state('node_finished', { node_id: node.id, job_id: id }, { sessionId, userId });
  }

  /** To the session only, without a job id (wire 9.3). */
  thrown(node: GraphNode, message: string): void {
    const { sessionId } = this.#job;
    const body = { type: 'error', node_id: node.id, error: message, componentKey: node.name, sessionId };
    this.#streams.toSession(sessionId, { type: 'error', body });
  }

  /** To the session only, without a job id (wire 9.4). */
  chat(value: string | readonly string[], type: string, attachments: Readonly<Record<string, unknown>>): void {
    this.#streams.toSession(this.#job.sessionId, {
      type: 'chat:system',
      from: 'omni',
      flags: ['no-picture'],
      sender: '',
      body: { content: [{ value, type }], attachments },
    });
  }

  fileCreated(fileName: string): void {
    this.#streams.toUser(this.#job.userId, fileToast(fileName));
  }

  #toUser(type: 'job:update' | 'job:error', at: GraphNode | null): void {
    const { id, state, active, recipe, errors, userId } = this.#job;
    const body = {
      jobId: id,
      state,
      activeNode: [...active],
      activeNodeName: active.length === 0 ? undefined : at?.name,
      workflowId: recipe.id,
      meta: { name: recipe.name },
      errors: errors.map((error) => ({ ...error })),
    };
    this.#streams.toUser(userId, { type, body });
  }

  #state(event: string, args: Readonly<Record<string, unknown>>, rest: Readonly<Record<string, unknown>>): void {
    this.#streams.toSession(this.#job.sessionId, {
      type: 'job_state',
      body: { type: 'job_state', event, args, ...rest },
    });
  }
}

/** The event for every stored file (wire 9.3). */
export const fileToast = (fileName: string) => ({
  type: 'client:toast',
  body: { message: `File created: ${fileName}`, options: { type: 'info' } },
});
