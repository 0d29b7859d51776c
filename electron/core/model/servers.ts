import type { ErrorCode, ErrorView } from '../../contract/errors.ts';
import { CodedError } from '../base/coded-error.ts';
import type { ProfileId, RunReason } from '../../contract/views.ts';
import type { OmnitoolError } from '../omnitool/errors.ts';
import type { OmnitoolServer } from '../omnitool/server.ts';

/** A profile cannot be used just now; the runs that need it wait with `reason` until that is lifted. */
export class NotReady extends CodedError {
  readonly code = 'not-ready';
  readonly reason: RunReason;

  constructor(reason: RunReason) {
    super(`The profile is not ready: ${reason}`);
    this.name = 'NotReady';
    this.reason = reason;
  }

  toView(): ErrorView {
    return { code: viewCodeOf(this.reason), detail: null };
  }
}

function viewCodeOf(reason: RunReason): ErrorCode {
  switch (reason) {
    case 'token-expired':
    case 'token-refused':
    case 'keychain-locked':
    case 'keychain-unanswered':
      return reason;
    case 'token-absent':
      return 'token-missing';
    case 'server-away':
      return 'unreachable';
    default:
      return 'not-connected';
  }
}

/** How runs reach the server of their profile. Kept by connection/; a port, so that the engine needs nothing else of it. */
export interface Servers {
  /** @throws NotReady when there is no usable token, or the profile is gone. */
  serverFor(profileId: ProfileId): Promise<OmnitoolServer>;
  /** The user whose token it is, as `/jobs` names them (wire 1); null while the token was not read, or does not say. */
  userOf(profileId: ProfileId): string | null;
  /** Says how a call of a run went, so that the connection's status is true without asking again. */
  report(profileId: ProfileId, failure: OmnitoolError | null): void;
  /**
   * Whether its runs can go on: the server answers and takes the token (one request, however many runs wait), or the
   * profile is gone, and then they end.
   */
  check(profileId: ProfileId): Promise<boolean>;
  /** Told when a profile becomes usable, back online or with a new token, and when it is gone: its runs end then. */
  onReady(listener: (profileId: ProfileId) => void): () => void;
}
