import type { Bridge } from '../bridge/bridge.ts';
import type { ErrorView, Result, RunId, SavedView, SavePlanView } from '../contract.ts';
import { ruleProblem } from '../contract.ts';

/** Saving all files of a result: the preview of their names and the copies. */
export class SaveAllState {
  rule = $state('');
  /** The last plan without a problem; null until the first answer. */
  plan = $state.raw<SavePlanView | null>(null);
  failure = $state.raw<ErrorView | null>(null);
  saving = $state(false);
  readonly problem = $derived(this.plan === null ? null : ruleProblem(this.rule));
  readonly mayNotSave = $derived(this.plan === null || this.problem !== null || this.saving);
  readonly #runId: RunId;
  readonly #bridge: Bridge;
  /** Numbers the requests, so that answers to older ones are ignored. */
  #asked = 0;

  constructor(runId: RunId, bridge: Bridge) {
    this.#runId = runId;
    this.#bridge = bridge;
  }

  /** Starts with the naming rule that was used last. */
  async start(): Promise<void> {
    await this.#take(this.#bridge.call('results:save-plan', { runId: this.#runId, rule: null }));
    if (this.plan !== null) this.rule = this.plan.rule;
  }

  async write(rule: string): Promise<void> {
    this.rule = rule;
    if (ruleProblem(rule) !== null) return;
    await this.#take(this.#bridge.call('results:save-plan', { runId: this.#runId, rule }));
  }

  async chooseFolder(): Promise<void> {
    if (this.plan === null) return;
    const rule = this.problem === null ? this.rule : this.plan.rule;
    await this.#take(this.#bridge.call('results:save-folder', { runId: this.#runId, rule }));
  }

  /** Returns null if nothing was saved, because it failed or was cancelled. */
  async save(): Promise<SavedView | null> {
    if (this.mayNotSave) return null;
    this.saving = true;
    const saved = await this.#bridge.call('results:save-all', { runId: this.#runId, rule: this.rule });
    this.saving = false;
    this.failure = saved.ok ? null : saved.error;
    return saved.ok && saved.value.folder !== null ? saved.value : null;
  }

  async #take(asked: Promise<Result<SavePlanView>>): Promise<void> {
    this.#asked += 1;
    const turn = this.#asked;
    const plan = await asked;
    if (turn !== this.#asked) return;
    this.failure = plan.ok ? null : plan.error;
    if (plan.ok) this.plan = plan.value;
  }
}
