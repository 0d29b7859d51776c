import { MAX_BYTES } from '../../contract/limits.ts';
import type { RunReason } from '../../contract/views.ts';
import { DiskError } from '../base/disk-error.ts';
import { DataError } from '../model/data-error.ts';
import { FileError, type FileErrorCode, isFileErrorCode } from '../base/file-error.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { EXEC } from '../omnitool/start-body.ts';
import { UPLOAD } from '../omnitool/upload.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';
import { NotReady } from '../model/servers.ts';
import type { RunEvents } from './run-events.ts';
import type { Stage } from './stage.ts';

/**
 * What a failed step means for its run. `wait`: it continues once the reason ends. `fail`: a further attempt would
 * fail, too. `unconfirmed`: the server may have started it.
 */
export type Decision =
  | {
      readonly is: 'wait';
      /** Null: no cause is known, and the step is tried again. */
      readonly reason: RunReason | null;
      readonly detail: string | null;
      /** The pause that the server asked for, in ms. */
      readonly afterMs: number | null;
    }
  | { readonly is: 'fail'; readonly reason: RunReason; readonly detail: string | null }
  | { readonly is: 'unconfirmed' };

const wait = (reason: RunReason, afterMs: number | null = null, detail: string | null = null): Decision => ({
  is: 'wait',
  reason,
  detail,
  afterMs,
});
const fail = (reason: RunReason, detail: string | null = null): Decision => ({ is: 'fail', reason, detail });

/** The file that was being uploaded, its size in bytes; null when there was none. */
type UploadedFile = { readonly name: string; readonly size: number } | null;

/** Decides after a failure to read or upload files. No job exists yet, so everything may be tried again. */
export function decideAfterSending(failure: unknown, file: UploadedFile): Decision {
  const name = file?.name ?? null;
  if (failure instanceof DataError)
    return fail(failure.problem === 'too-deep' ? 'data-too-deep' : 'data-invalid', failure.detail);
  if (failure instanceof FileError) return decideForFile(failure.code, failure.detail ?? name);
  const disk = sqliteDiskCode(failure);
  if (disk !== null) return wait(disk);
  const common = decideForAnyStep(failure);
  if (common !== null) return common;
  if (!(failure instanceof OmnitoolError)) throw failure;
  if (isFileErrorCode(failure.code)) return decideForFile(failure.code, name);
  switch (failure.code) {
    case 'too-large':
      return tooLarge(failure, file) ?? waitFor(failure);
    case 'upload-refused':
    case 'upload-incomplete':
      return fail('upload-refused', name);
    case 'forbidden':
    case 'not-found':
      // A gateway may refuse the other requests for a while; the run was not started yet.
      return failure.path === UPLOAD ? fail('upload-refused', name) : waitFor(failure);
    default:
      return waitFor(failure);
  }
}

/**
 * A request over the limits of Omnitool (wire 4, 5), noticed on this side; or a 413, which Omnitool never answers, so a
 * proxy before it has a limit of its own. Null for a 413 to a request without a body.
 */
function tooLarge({ path, status }: OmnitoolError, file: UploadedFile): Decision | null {
  if (path === UPLOAD) {
    const isKnown = status === null || (file !== null && file.size > MAX_BYTES);
    return fail(isKnown ? 'file-too-large' : 'file-over-limit', file?.name ?? null);
  }
  if (path !== EXEC) return null;
  return fail(status === null ? 'start-too-large' : 'start-over-limit');
}

/** Waits for what can pass: the file is then unchanged, or known to have changed. All other failures stay. */
function decideForFile(code: FileErrorCode, name: string | null): Decision {
  switch (code) {
    case 'file-unanswered':
    case 'file-busy':
      return wait(code, null, name);
    case 'disk-crowded':
      return wait(code);
    case 'file-vanished':
    case 'file-changed':
    case 'file-unreadable':
    case 'file-refused':
    case 'file-broken':
    case 'file-path':
    case 'file-too-large':
      return fail(code, name);
  }
}

/**
 * Decides after a failure of the one call that costs money. Only a call that certainly did not arrive is sent again
 * (wire 0, platform R2); a definite refusal fails; a call that may have arrived is unconfirmed. A defect of this
 * program occurs before anything is sent (`OmnitoolServer.start`).
 */
export function decideAfterStarting(failure: unknown): Decision {
  if (!(failure instanceof OmnitoolError)) return wait('stalled');
  if (failure.sent === 'maybe') return { is: 'unconfirmed' };
  const common = decideForAnyStep(failure);
  if (common !== null) return common;
  if (failure.sent === 'no') return waitFor(failure);
  // The answer of a proxy that did not pass the request on (omnitool/failures.ts): nothing was started.
  if (failure.status === 503) return waitFor(failure);
  if (failure.code === 'forbidden') return fail('may-not-run');
  if (failure.code === 'too-large') return fail('start-over-limit');
  return fail('start-refused');
}

/** Decides after a failure to fetch a result. The job has ended, so the result is late, but not lost. */
export function decideAfterCollecting(failure: unknown): Decision {
  if (failure instanceof DiskError) return wait(failure.code, null, failure.missing?.toString());
  const common = decideForAnyStep(failure);
  if (common !== null) return common;
  if (!(failure instanceof OmnitoolError)) throw failure;
  if (failure.code === 'bad-reply' || failure.code === 'forbidden') return fail('result-unreadable');
  return waitFor(failure);
}

function decideForAnyStep(failure: unknown): Decision | null {
  if (failure instanceof NotReady)
    return failure.reason === 'profile-forgotten' ? fail(failure.reason) : wait(failure.reason);
  if (!(failure instanceof OmnitoolError)) return null;
  return ['cancelled', 'unauthorized', 'rate-limited'].includes(failure.code) ? waitFor(failure) : null;
}

const waitFor = (failure: OmnitoolError): Decision => ({
  is: 'wait',
  reason: serverReasonOf(failure),
  detail: null,
  afterMs: failure.retryAfterMs,
});

/**
 * Why a run waits after its server failed. Null when no cause is known: its client was closed because the profile got
 * another address or was removed, and the step is tried again.
 */
export function serverReasonOf({ code, retryAfterMs }: OmnitoolError): RunReason | null {
  if (isFileErrorCode(code)) throw new Error('A failure of a local file is not one of the server.');
  switch (code) {
    case 'unreachable':
    case 'timed-out':
      return 'server-away';
    case 'tls':
      return 'server-tls';
    case 'server-error':
      return retryAfterMs === null ? 'server-error' : 'rate-limited';
    case 'rate-limited':
      return code;
    case 'unauthorized':
      return 'token-refused';
    case 'cancelled':
      return null;
    case 'not-omnitool':
    case 'bad-reply':
    case 'forbidden':
    case 'not-found':
    case 'gone':
    case 'too-large':
    case 'upload-refused':
    case 'upload-incomplete':
    case 'artifact-broken':
      return 'server-odd';
  }
}

/** Reports a failed step: failures of the server to its connection, and unexpected ones to the log. */
export function reportFailure(
  { servers, logger, signal }: Pick<Stage, 'servers' | 'logger' | 'signal'>,
  { message, failure, profileId, runId }: RunEvents['failed'],
): void {
  if (profileId !== undefined && failure instanceof OmnitoolError) servers.report(profileId, failure);
  else if ((profileId === undefined || !(failure instanceof NotReady)) && !signal.aborted)
    logger.error(message, runId === undefined ? { failure } : { run: runId, failure });
}
