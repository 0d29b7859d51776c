import type { ErrorView } from '../../contract/errors.ts';
import type { ConnectionStatus, TokenView } from '../../contract/views.ts';
import type { OmnitoolServer } from '../omnitool/server.ts';

/** What this process knows of a profile. */
export interface ProfileState {
  status: ConnectionStatus;
  serverVersion: string | null;
  problem: ErrorView | null;
  token: TokenView | null;
  user: string | null;
  server: OmnitoolServer | null;
}

/** The state of a profile that was not checked yet. */
export const newProfileState = (): ProfileState => ({
  status: 'checking',
  serverVersion: null,
  problem: null,
  token: null,
  user: null,
  server: null,
});
