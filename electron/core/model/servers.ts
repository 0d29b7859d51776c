import type { ErrorCode, ErrorView } from '../../contract/errors.ts';
import { CodedError } from '../base/coded-error.ts';
import type { ProfileId, RunReason } from '../../contract/views.ts';
import type { OmnitoolError } from '../omnitool/errors.ts';
import type { OmnitoolServer } from '../omnitool/server.ts';

/** A profile cannot be used now. The runs that need it wait with `reason`. */
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

/**
 * Gives runs access to the server of their profile. `connection/` implements it; the engine needs nothing else of it.
 */
export interface Servers {
  /** @throws NotReady when there is no usable token, or the profile is gone. */
  serverFor(profileId: ProfileId): Promise<OmnitoolServer>;
  /** The user of the token as `/jobs` names them (wire 1); null when the token was not read or names no user. */
  userOf(profileId: ProfileId): string | null;
  /** Reports the result of a call, so that the connection's status stays current without extra requests. */
  report(profileId: ProfileId, failure: OmnitoolError | null): void;
  /**
   * Whether the runs of a profile can continue: the server answers and accepts the token (one request for all runs), or
   * the profile was removed, and then they end.
   */
  check(profileId: ProfileId): Promise<boolean>;
  /**
   * Calls `listener` when a profile becomes usable (online again, or a new token), and when it was removed: its runs
   * end then.
   */
  onReady(listener: (profileId: ProfileId) => void): () => void;
}
