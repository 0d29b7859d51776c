import type { ErrorView } from '../../contract/errors.ts';
import type { ConnectionStatus, TokenView } from '../../contract/views.ts';
import type { OmnitoolServer } from '../omnitool/server.ts';

/** What is known of one profile since this start. */
export interface Known {
  status: ConnectionStatus;
  serverVersion: string | null;
  problem: ErrorView | null;
  token: TokenView | null;
  user: string | null;
  server: OmnitoolServer | null;
}

/** Of a profile that was not looked at yet. */
export const nothingKnown = (): Known => ({
  status: 'checking',
  serverVersion: null,
  problem: null,
  token: null,
  user: null,
  server: null,
});
