import type { RunId } from '../contract.ts';
import type { AppState } from './app.svelte.ts';

/** Fills the draft with the values and files of a run and shows it. */
export async function useInDraft({ draft, navigation }: AppState, runId: RunId): Promise<void> {
  if (await draft.useAgain(runId)) navigation.go({ view: 'launch' });
}

/** Runs again with the same inputs. If one has changed since, the user can check the draft first. */
export async function runAgain(app: AppState, runId: RunId): Promise<void> {
  if (await app.runs.again(runId)) return;
  app.toasts.show('The files are not as they were when this was run.', {
    tone: 'problem',
    action: { label: 'Look at them', run: () => void useInDraft(app, runId) },
  });
}
