import { ruleProblem } from '../../../contract/save-rule.ts';
import type { RunId, SavedView, SavePlanView } from '../../../contract/views.ts';
import type { RuleFacts } from '../../export/naming.ts';
import { planSave, saveByRule } from '../../export/saver.ts';
import type { StoredArtifact } from '../../store/result-store.ts';
import { AppError } from '../../base/coded-error.ts';
import type { Core } from '../core.ts';
import type { Desktop } from '../desktop.ts';

/** File names that the preview shows. */
const MOST_SHOWN = 6;

/**
 * Saves all files of a result. The folder comes from the desktop's own dialog and stays here: the page cannot name a
 * place to write to.
 */
export class SaveAll {
  readonly #core: Core;
  readonly #desktop: Desktop;
  /** The last chosen folder, until the program ends. */
  #folder: string | null = null;

  constructor(core: Core, desktop: Desktop) {
    this.#core = core;
    this.#desktop = desktop;
  }

  /** The names under which `save` would write. @throws AppError `run-unknown`, `bad-rule` */
  async plan(runId: RunId, given: string | null): Promise<SavePlanView> {
    const rule = checked(given ?? this.#core.settings.read().saveRule);
    const { artifacts, facts } = this.#of(runId);
    const names = await planSave(artifacts, { folder: this.#folder, rule, facts }, MOST_SHOWN);
    return { rule, folder: this.#folder, names, files: artifacts.filter(({ file }) => file !== null).length };
  }

  /** Lets the user choose the folder. @throws AppError `run-unknown`, `bad-rule` */
  async pickFolder(runId: RunId, rule: string): Promise<SavePlanView> {
    await this.#pick();
    return this.plan(runId, rule);
  }

  /**
   * Saves the files. @throws AppError `run-unknown`, `bad-rule`; the failure of the first file when none could be saved
   */
  async save(runId: RunId, given: string): Promise<SavedView> {
    const rule = checked(given);
    const { artifacts, facts } = this.#of(runId);
    const folder = this.#folder ?? (await this.#pick());
    if (folder === null) return { folder: null, files: 0, failed: [] };
    const from = this.#core.folderOf(runId);
    const { saved, failed } = await saveByRule(from, artifacts, { folder, rule, facts });
    const [first] = failed;
    if (first !== undefined && saved.length === 0) throw first.failure;
    this.#core.settings.change({ saveRule: rule });
    return { folder, files: saved.length, failed: failed.map(({ name }) => name) };
  }

  async #pick(): Promise<string | null> {
    this.#folder = (await this.#desktop.pickFolder('Save all to')) ?? this.#folder;
    return this.#folder;
  }

  #of(runId: RunId): { readonly artifacts: readonly StoredArtifact[]; readonly facts: RuleFacts } {
    const run = this.#core.runs.get(runId);
    const { artifacts } = this.#core.results.find(run.id);
    return { artifacts, facts: { recipeName: run.recipeName, at: run.endedAt ?? run.createdAt } };
  }
}

function checked(rule: string): string {
  if (ruleProblem(rule) !== null) throw new AppError('bad-rule');
  return rule;
}
