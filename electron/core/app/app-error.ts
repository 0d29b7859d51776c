import type { DiskCode } from '../../contract/disk.ts';
import { isDiskCode } from '../../contract/disk.ts';
import type { ErrorCode, ErrorView } from '../../contract/errors.ts';
import { KeychainError } from '../connection/keychain.ts';
import { TokenError } from '../connection/token.ts';
import { DiskError, diskCodeOf } from '../base/disk-error.ts';
import { DataError } from '../model/data-error.ts';
import { FileError } from '../base/file-error.ts';
import { AddressError } from '../omnitool/address.ts';
import type { OmnitoolErrorCode } from '../omnitool/errors.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { NotReady } from '../model/servers.ts';
import { NewerDatabase, storeTrouble } from '../store/database.ts';
import { SettingsError } from '../settings/settings-file.ts';

/** A failure that somebody will be told about, in the words that contract/words.ts has for its code. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** A short fact, a file's name say. Never a token. */
  readonly detail: string | null;

  constructor(code: ErrorCode, detail: string | null = null, options?: ErrorOptions) {
    super(detail === null ? code : `${code}: ${detail}`, options);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }
}

/** What a failure looks like beyond core. What nobody foresaw is `internal`, and says nothing of itself. */
export function errorView(failure: unknown): ErrorView {
  if (failure instanceof AppError) return { code: failure.code, detail: failure.detail };
  if (failure instanceof OmnitoolError)
    return { code: isTooMuch(failure) ? 'reply-too-large' : ofServer(failure.code), detail: null };
  if (failure instanceof TokenError || failure instanceof KeychainError) return { code: failure.code, detail: null };
  if (failure instanceof SettingsError) return { code: failure.code, detail: null };
  if (failure instanceof DiskError) return { code: failure.code, detail: null };
  if (failure instanceof FileError) return { code: failure.code, detail: failure.fileName };
  if (failure instanceof DataError) return { code: 'attachment-problem', detail: failure.dataName };
  if (failure instanceof AddressError) return { code: failure.code, detail: null };
  if (failure instanceof NotReady) return { code: ofReason(failure), detail: null };
  if (failure instanceof NewerDatabase) return { code: 'store-newer', detail: failure.folder };
  const disk = storeTrouble(failure) ?? pathTrouble(failure);
  if (disk !== null) return { code: disk, detail: null };
  return { code: 'internal', detail: null };
}

/** What a start failed with: where the disk refuses, it names the data folder. */
export function startErrorOf(failure: unknown, folder: string): unknown {
  const { code } = errorView(failure);
  return isDiskCode(code) ? new AppError(code, folder, { cause: failure }) : failure;
}

/** A failed system call on a path that no other error class describes better. */
function pathTrouble(failure: unknown): DiskCode | null {
  const code = failure instanceof Error && 'path' in failure ? diskCodeOf(failure) : null;
  return code === 'disk-failed' ? null : code;
}

/** The server's answer was not read to its end, or not at all, because of how much it is. */
const isTooMuch = ({ code, detail }: OmnitoolError): boolean =>
  code === 'bad-reply' && (detail === 'size' || detail === 'count');

function ofServer(code: OmnitoolErrorCode): ErrorCode {
  switch (code) {
    case 'unreachable':
    case 'timed-out':
    case 'tls':
    case 'not-omnitool':
    case 'rate-limited':
    case 'server-error':
    case 'bad-reply':
    case 'upload-incomplete':
    case 'file-changed':
    case 'file-vanished':
    case 'file-unreadable':
    case 'file-refused':
    case 'file-busy':
    case 'file-broken':
    case 'file-path':
    case 'file-unanswered':
    case 'disk-crowded':
    case 'cancelled':
    case 'not-found':
      return code;
    case 'unauthorized':
      return 'token-refused';
    case 'forbidden':
      return 'token-may-not-run';
    case 'gone':
      return 'artifact-gone';
    case 'artifact-broken':
      return 'artifact-broken';
    case 'upload-refused':
      return 'upload-incomplete';
    case 'too-large':
      return 'start-too-large';
  }
}

function ofReason({ reason }: NotReady): ErrorCode {
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
