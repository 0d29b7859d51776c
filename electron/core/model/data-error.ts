import { ShownError } from '../base/coded-error.ts';
import type { AttachmentProblem } from '../../contract/views.ts';
import { isNestedTooDeep } from '../../contract/json-depth.ts';
import { parseJsonFile } from './json-text.ts';

/** JSON text that cannot be sent as a value. `detail` is the name of the input. */
export class DataError extends ShownError<'attachment-problem'> {
  override readonly name = 'DataError';
  readonly problem: DataProblem;

  constructor(problem: DataProblem, inputName: string) {
    super('attachment-problem', inputName);
    this.message = `${problem}: ${inputName}`;
    this.problem = problem;
  }
}

type DataProblem = Extract<AttachmentProblem, 'invalid-json' | 'too-deep'>;

/** Returns why JSON text cannot be sent as a value; null when it can. */
export function dataProblemOf(text: string): DataProblem | null {
  if (isNestedTooDeep(text)) return 'too-deep';
  return parseJsonFile(text) === null ? 'invalid-json' : null;
}
