import type { ErrorView } from '../../contract/errors.ts';
import { CodedError } from '../base/coded-error.ts';
import type { AttachmentProblem } from '../../contract/views.ts';
import { isNestedTooDeep } from '../../contract/json-depth.ts';
import { parseJsonFile } from './json-text.ts';

/** JSON text that cannot be sent as a value. */
export class DataError extends CodedError {
  override readonly name = 'DataError';
  readonly code = 'attachment-problem';
  readonly problem: DataProblem;
  /** The name of the input, for messages. */
  readonly dataName: string;

  constructor(problem: DataProblem, dataName: string) {
    super(`${problem}: ${dataName}`);
    this.problem = problem;
    this.dataName = dataName;
  }

  toView(): ErrorView {
    return { code: this.code, detail: this.dataName };
  }
}

type DataProblem = Extract<AttachmentProblem, 'invalid-json' | 'too-deep'>;

/** Returns why JSON text cannot be sent as a value; null when it can. */
export function dataProblemOf(text: string): DataProblem | null {
  if (isNestedTooDeep(text)) return 'too-deep';
  return parseJsonFile(text) === null ? 'invalid-json' : null;
}
