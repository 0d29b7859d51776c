import type { ErrorView } from '../contract/errors.ts';
import type { Core } from '../core/app/core.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';

/** The server cannot be used just now. */
export class Refused extends Error {
  readonly error: ErrorView;
  readonly code: ExitCode;

  constructor(error: ErrorView, code: ExitCode) {
    super(error.code);
    this.name = 'Refused';
    this.error = error;
    this.code = code;
  }
}

/** Why nothing can be asked of the server just now; null when it can. */
export async function refusalOfConnection(core: Core): Promise<Refused | null> {
  await core.connection.startUp();
  const { status, problem } = core.connection.view;
  if (status === 'online') return null;
  return new Refused(
    problem ?? { code: 'not-connected', detail: null },
    status === 'offline' ? EXIT.noServer : EXIT.noToken,
  );
}
