/** A file call did not return in time: its drive hangs. Has the system's own code for this. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly code = 'ETIMEDOUT';
  readonly path: string;
  /** The call was not begun, because an earlier call there hangs. */
  readonly isRefused: boolean;

  constructor(path: string, isRefused: boolean) {
    super('ETIMEDOUT: the drive does not answer');
    this.path = path;
    this.isRefused = isRefused;
  }
}
