import { progressWords } from './progress.ts';
import type { ExternalJobView } from '../views.ts';

const LABELS: Record<ExternalJobView['state'], string> = {
  running: 'Running',
  stopping: 'Stopping',
  succeeded: 'Done',
  failed: 'Failed',
  stopped: 'Stopped',
};

/** An external job: its state in one word, and a line of details. */
export function externalJobWords(run: ExternalJobView): { readonly label: string; readonly line: string } {
  const [failure] = run.failures;
  const at = run.progress === null ? null : progressWords(run.progress);
  const said = failure === undefined ? at : [failure.block, failure.message].filter((part) => part !== null).join(': ');
  return { label: LABELS[run.state], line: said ?? 'Started elsewhere' };
}
