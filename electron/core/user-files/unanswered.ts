/** What was asked of a path did not come back in time: its drive hangs. Has the code of the system's own error of that kind. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly code = 'ETIMEDOUT';
  readonly path: string;
  /** It was not even begun: a call there hung before. */
  readonly isRefused: boolean;

  constructor(path: string, isRefused: boolean) {
    super('ETIMEDOUT: the drive does not answer');
    this.path = path;
    this.isRefused = isRefused;
  }
}
