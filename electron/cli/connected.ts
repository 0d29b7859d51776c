import type { ErrorView } from '../contract/errors.ts';
import type { Core } from '../core/app/core.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';

/** The server cannot be used now. */
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

/** Connects. Returns why the server cannot be used now; null if it can. */
export async function refusalOfConnection(core: Core): Promise<Refused | null> {
  await core.connection.startUp();
  const { status, problem } = core.connection.view;
  if (status === 'online') return null;
  return new Refused(
    problem ?? { code: 'not-connected', detail: null },
    status === 'offline' ? EXIT.noServer : EXIT.noToken,
  );
}
