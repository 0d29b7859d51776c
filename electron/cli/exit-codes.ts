import type { DiskCode } from '../contract/disk.ts';
import { isDiskCode } from '../contract/disk.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { RunReason } from '../contract/views.ts';
import { isLiftedBy } from '../contract/views.ts';

/** Exit codes of the terminal; documented in help.ts, so a change here is a change for scripts. */
export const EXIT = {
  done: 0,
  notDone: 1,
  usage: 2,
  noToken: 3,
  noServer: 4,
  noOutput: 5,
  disk: 6,
  timeUp: 7,
  /** It is not known whether the recipe was started. */
  notKnown: 8,
  /** A part of the answer may be missing: the end was not seen, or the chat answer is cut. */
  endNotSeen: 9,
  interrupted: 130,
} as const;

/** One of the exit codes above; `omnitray --help` lists their meaning. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One entry per code: a new code without an exit code does not compile. */
const OF_ERROR: Record<Exclude<ErrorCode, DiskCode>, ExitCode> = {
  'bad-address': EXIT.usage,
  'insecure-address': EXIT.usage,
  unreachable: EXIT.noServer,
  'timed-out': EXIT.noServer,
  tls: EXIT.noServer,
  'not-omnitool': EXIT.noServer,
  'server-error': EXIT.noServer,
  'bad-reply': EXIT.noServer,
  'reply-too-large': EXIT.noServer,
  'rate-limited': EXIT.noServer,
  'token-missing': EXIT.noToken,
  'token-malformed': EXIT.noToken,
  'token-expired': EXIT.noToken,
  'token-refused': EXIT.noToken,
  'token-may-not-run': EXIT.noToken,
  'keychain-absent': EXIT.noToken,
  'keychain-locked': EXIT.noToken,
  'keychain-unanswered': EXIT.noToken,
  'not-connected': EXIT.noToken,
  'recipe-unknown': EXIT.usage,
  'preset-unknown': EXIT.usage,
  'preset-name-taken': EXIT.usage,
  'run-unknown': EXIT.usage,
  'batch-unknown': EXIT.usage,
  'run-unreadable': EXIT.notDone,
  'run-under-way': EXIT.usage,
  'run-not-removed': EXIT.usage,
  'job-ambiguous': EXIT.notKnown,
  'external-job-empty': EXIT.noOutput,
  'inputs-changed': EXIT.usage,
  'nothing-to-run': EXIT.usage,
  'too-late': EXIT.usage,
  'form-problem': 2,
  'table-empty': EXIT.usage,
  'table-unreadable': EXIT.usage,
  'table-too-large': EXIT.usage,
  'table-problem': EXIT.usage,
  'table-outside': EXIT.usage,
  'attachment-problem': EXIT.usage,
  'file-unreadable': EXIT.usage,
  'file-refused': EXIT.usage,
  'file-path': EXIT.usage,
  'file-busy': EXIT.notDone,
  'file-broken': EXIT.notDone,
  'file-unanswered': EXIT.notDone,
  'file-vanished': EXIT.usage,
  'file-changed': EXIT.usage,
  'file-too-large': EXIT.usage,
  'start-too-large': EXIT.usage,
  'upload-incomplete': EXIT.notDone,
  'not-found': EXIT.usage,
  'not-allowed': EXIT.noToken,
  'artifact-gone': EXIT.notDone,
  'artifact-broken': EXIT.notDone,
  'artifact-not-opened': EXIT.notDone,
  'picture-not-copied': EXIT.notDone,
  'bad-rule': EXIT.usage,
  'store-newer': EXIT.disk,
  'shortcut-taken': EXIT.notDone,
  'bad-request': EXIT.notDone,
  'over-limit': EXIT.usage,
  cancelled: EXIT.interrupted,
  internal: EXIT.notDone,
};

/** The exit code of a command that failed with this error. */
export const exitOfError = (code: ErrorCode): ExitCode => (isDiskCode(code) ? EXIT.disk : OF_ERROR[code]);

/**
 * The exit code of a command whose run waits for this reason; null for a reason that passes by itself, so that the
 * command goes on waiting. A command cannot lift the others: the user must give a token, open the keychain or resume
 * sending in the window.
 */
export function exitOfWait(reason: RunReason | null): ExitCode | null {
  if (isLiftedBy(reason, 'new-token', 'keychain')) return EXIT.noToken;
  return isLiftedBy(reason, 'resume') ? EXIT.notDone : null;
}
