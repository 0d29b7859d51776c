import { type BlockRun, type Inputs, type Outputs, ReturnedError, textValue, type Value } from '../blocks/block.ts';
import { findBlock } from '../blocks/registry.ts';
import type { EventStreams } from '../events/event-streams.ts';
import type { FileStore } from '../files/file-store.ts';
import { FORM, type GraphNode, isOn } from '../blocks/graph.ts';
import { JobEvents } from './job-events.ts';
import type { Job } from './job.ts';
import type { ResultStore } from './result-store.ts';
import type { Waits } from './waits.ts';

/** What jobs use. */
export interface Workshop {
  readonly files: FileStore;
  readonly results: ResultStore;
  readonly streams: EventStreams;
  readonly clock: () => number;
  readonly waits: Waits;
}

/**
 * Runs one job. A block starts when all blocks that feed it have finished; branches run in parallel. After a stop or an
 * error, running blocks finish and no other block starts (wire 6, 8).
 */
export class JobRunner {
  readonly #job: Job;
  readonly #shop: Workshop;
  readonly #signal: AbortSignal;
  readonly #events: JobEvents;
  readonly #nodes: readonly GraphNode[];
  readonly #outputs = new Map<number, Outputs>();
  readonly #begun = new Set<number>();

  /** `signal` is aborted when the server ends. Then the job sends no more events. */
  constructor(job: Job, shop: Workshop, signal: AbortSignal) {
    this.#job = job;
    this.#shop = shop;
    this.#signal = signal;
    this.#events = new JobEvents(job, shop.streams);
    this.#nodes = Object.values(job.recipe.nodes).filter(isOn);
  }

  /** Resolves when the job or the server has ended. */
  async run(): Promise<void> {
    this.#events.update(null);
    this.#events.started();
    await this.#runAll(this.#nodes.filter((node) => this.#feeders(node).length === 0));
    if (this.#signal.aborted) return;
    if (this.#job.state === 'running') this.#end('success');
    else if (this.#job.state === 'forceStop') this.#end('stopped');
    this.#job.endedAt = this.#shop.clock();
    this.#events.finished();
  }

  /** Stops the job after the running block. */
  stop(): void {
    if (this.#job.state !== 'running') return;
    this.#job.state = 'forceStop';
    this.#events.update(this.#active());
  }

  #end(state: 'success' | 'stopped'): void {
    this.#job.state = state;
    this.#events.update(null);
  }

  async #runAll(nodes: readonly GraphNode[]): Promise<void> {
    if (this.#job.state !== 'running') return;
    const installed = nodes.filter((node) => this.#checkInstalled(node));
    for (const node of installed) this.#begun.add(node.id);
    const byId = installed.toSorted((one, other) => one.id - other.id);
    const isBeside = this.#job.active.length > 0;
    this.#job.active = [...byId.map((node) => node.id).reverse(), ...this.#job.active];
    for (const node of byId) {
      const missing = this.#followers(node).filter((next) => findBlock(next.name) === undefined);
      for (const next of missing) this.#noteMissing(next);
      this.#events.update(node);
      if (isBeside) this.#events.update(null);
      if (missing.length > 0) this.#events.failed(node);
    }
    await Promise.all(byId.map((node) => this.#runNode(node)));
  }

  async #runNode(node: GraphNode): Promise<void> {
    this.#events.nodeStarted(node);
    const problem = await this.#perform(node);
    if (this.#signal.aborted) return;
    if (problem !== null && !(problem instanceof ReturnedError)) this.#events.thrown(node, problem.message);
    this.#events.nodeFinished(node);
    if (problem !== null) this.#fail(node, problem);
    this.#job.active = this.#job.active.filter((id) => id !== node.id);
    this.#events.update(this.#active());
    const isReady = (next: GraphNode) =>
      !this.#begun.has(next.id) && this.#feeders(next).every((feeder) => this.#outputs.has(feeder.id));
    await this.#runAll(this.#followers(node).filter(isReady));
  }

  /** null: all went well. */
  async #perform(node: GraphNode): Promise<Error | null> {
    const block = findBlock(node.name);
    if (block === undefined) throw new TypeError(`${node.name} was started although it is not installed.`);
    try {
      this.#outputs.set(node.id, await block(this.#blockRun(node)));
      return null;
    } catch (problem) {
      if (problem instanceof ReturnedError) return problem;
      const message = problem instanceof Error ? problem.message : String(problem);
      return new Error(`Error executing X-CUSTOM for block ${node.name}: ${message}`, { cause: problem });
    }
  }

  #fail(node: GraphNode, problem: Error): void {
    this.#job.errors.push({
      nodeId: node.id,
      nodeName: node.name,
      message: problem.message,
      details: toPlain(problem),
    });
    this.#events.failed(node);
    this.#job.state = 'error';
    this.#events.update(node);
  }

  /** A block that is not installed is reported twice: when its feeder starts, and when it should start (recorded). */
  #checkInstalled(node: GraphNode): boolean {
    if (findBlock(node.name) !== undefined) return true;
    this.#noteMissing(node);
    this.#events.failed(null);
    this.#job.state = 'error';
    this.#events.update(null);
    return false;
  }

  #noteMissing(node: GraphNode): void {
    const message = `Component ${node.name} does not exist`;
    this.#job.errors.push({ nodeId: node.id, nodeName: node.name, message, details: 'error' });
  }

  #blockRun(node: GraphNode): BlockRun {
    const { files, results } = this.#shop;
    const tags = [`#job.${this.#job.id}`];
    const told = async (file: ReturnType<FileStore['add']>) => {
      const record = await file;
      this.#events.fileCreated(record.fileName);
      return record;
    };
    return {
      inputs: this.#inputs(node),
      data: node.data,
      args: this.#job.args,
      files,
      makeFile: (bytes, name, { document = false, type } = {}) =>
        told(
          files.add(bytes, { naming: name === null ? { by: 'content' } : { by: 'name', name, type }, document, tags }),
        ),
      makeText: (text) => told(files.add(Buffer.from(text), { naming: { by: 'text', text }, tags })),
      putAside: (bytes, name) =>
        told(files.add(bytes, { naming: { by: 'name', name }, document: true, permanent: true })),
      wait: (milliseconds) => this.#shop.waits.wait(milliseconds, this.#signal),
      say: (text, type, attachments) => this.#events.chat(text, type, attachments),
      conclude: (result) => results.put(this.#job, result),
    };
  }

  #inputs(node: GraphNode): Inputs {
    const ports = Object.entries(node.inputs).filter(([, { connections }]) => connections.length > 0);
    return Object.fromEntries(
      ports.map(([port, { connections }]) => [
        port,
        connections.flatMap(({ node: from, output }): readonly Value[] => {
          const value = this.#outputs.get(from)?.[output];
          if (value !== undefined) return [value];
          // What follows a form that is switched off gets an empty value (wire 13.1).
          return this.#job.recipe.nodes[from]?.name === FORM ? [textValue('')] : [];
        }),
      ]),
    );
  }

  #feeders(node: GraphNode): readonly GraphNode[] {
    const ids = Object.values(node.inputs).flatMap((port) => port.connections.map((connection) => connection.node));
    return this.#nodes.filter((other) => ids.includes(other.id));
  }

  #followers(node: GraphNode): readonly GraphNode[] {
    const ids = Object.values(node.outputs).flatMap((port) => port.connections.map((connection) => connection.node));
    return [...new Set(ids)].flatMap((id) => this.#nodes.filter((other) => other.id === id));
  }

  #active(): GraphNode | null {
    return this.#nodes.find((node) => node.id === this.#job.active[0]) ?? null;
  }
}

/** The error as the stream carries it, without its cause. */
const toPlain = ({ message }: Error): Error => new Error(message);
