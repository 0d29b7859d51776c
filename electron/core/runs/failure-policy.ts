import { MAX_BYTES } from '../../contract/limits.ts';
import type { RunReason } from '../../contract/views.ts';
import { DiskError } from '../base/disk-error.ts';
import { DataError } from '../model/data-error.ts';
import type { FileErrorCode } from '../base/file-error.ts';
import { FileError } from '../base/file-error.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { EXEC } from '../omnitool/start-body.ts';
import { UPLOAD } from '../omnitool/upload.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';
import { NotReady } from '../model/servers.ts';
import type { RunEvents } from './run-events.ts';
import type { Stage } from './stage.ts';

/**
 * What a failed step means for its run. `wait`: nothing is lost, it goes on by itself once the reason lifts. `fail`:
 * sending the same again would fail again. `unconfirmed`: the server may have started it.
 */
export type Decision =
  | {
      readonly is: 'wait';
      /** null: nothing is known to be wrong; it is asked again. */
      readonly reason: RunReason | null;
      readonly detail: string | null;
      /** How long the server asked to be left alone, in ms. */
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

/** The file that was on its way, in bytes; null while nothing was. */
type FileOnItsWay = { readonly name: string; readonly size: number } | null;

/** A failure while files are read and uploaded: no job exists yet, so everything may be tried again. */
export function decideAfterSending(failure: unknown, file: FileOnItsWay): Decision {
  const name = file?.name ?? null;
  if (failure instanceof DataError)
    return fail(failure.problem === 'too-deep' ? 'data-too-deep' : 'data-invalid', failure.dataName);
  if (failure instanceof FileError) return troubleOfFile(failure.code, failure.fileName ?? name);
  const disk = sqliteDiskCode(failure);
  if (disk !== null) return wait(disk);
  const common = commonTrouble(failure);
  if (common !== null) return common;
  if (!(failure instanceof OmnitoolError)) throw failure;
  switch (failure.code) {
    case 'too-large':
      return tooLarge(failure, file) ?? waitFor(failure);
    case 'file-changed':
    case 'file-vanished':
    case 'file-unreadable':
    case 'file-refused':
    case 'file-busy':
    case 'file-broken':
    case 'file-path':
    case 'file-unanswered':
    case 'disk-crowded':
      return troubleOfFile(failure.code, name);
    case 'upload-refused':
    case 'upload-incomplete':
      return fail('upload-refused', name);
    case 'forbidden':
    case 'not-found':
      // What is asked beside the upload may be refused for a while, by a gateway say; nothing was sent yet.
      return failure.path === UPLOAD ? fail('upload-refused', name) : waitFor(failure);
    default:
      return waitFor(failure);
  }
}

/**
 * More than the server takes (wire 4, 5), found out on this side; or a 413, which Omnitool never says: something before
 * it has a limit of its own. null for a 413 to a question that carries nothing.
 */
function tooLarge({ path, status }: OmnitoolError, file: FileOnItsWay): Decision | null {
  if (path === UPLOAD) {
    const isKnown = status === null || (file !== null && file.size > MAX_BYTES);
    return fail(isKnown ? 'file-too-large' : 'file-over-limit', file?.name ?? null);
  }
  if (path !== EXEC) return null;
  return fail(status === null ? 'start-too-large' : 'start-over-limit');
}

/** What passes is waited for: the file is as it was then, or is known to have changed. Every other trouble stays. */
function troubleOfFile(code: FileErrorCode, name: string | null): Decision {
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
 * A failure of the one call that costs money. Only a call that certainly never arrived may be sent again (wire 0,
 * PLATFORM R2); a definite refusal fails; only what may have reached the server is unconfirmed. A defect of this program
 * comes before anything is sent (`OmnitoolServer.start`).
 */
export function decideAfterStarting(failure: unknown): Decision {
  if (!(failure instanceof OmnitoolError)) return wait('stalled');
  if (failure.sent === 'maybe') return { is: 'unconfirmed' };
  const common = commonTrouble(failure);
  if (common !== null) return common;
  if (failure.sent === 'no') return waitFor(failure);
  // Said instead of passing a request on (failures.ts): nothing was started.
  if (failure.status === 503) return waitFor(failure);
  if (failure.code === 'forbidden') return fail('may-not-run');
  if (failure.code === 'too-large') return fail('start-over-limit');
  return fail('start-refused');
}

/** A failure while a result is fetched: the job is done, so this can only be late, never lost. */
export function decideAfterCollecting(failure: unknown): Decision {
  if (failure instanceof DiskError) return wait(failure.code, null, failure.missing?.toString());
  const common = commonTrouble(failure);
  if (common !== null) return common;
  if (!(failure instanceof OmnitoolError)) throw failure;
  if (failure.code === 'bad-reply' || failure.code === 'forbidden') return fail('result-unreadable');
  return waitFor(failure);
}

function commonTrouble(failure: unknown): Decision | null {
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
 * What a run waits for that its server failed: the cause as it is known, and no other. null where nothing is known to be
 * wrong: its client was closed, because the profile got another address or is gone, and it is asked again.
 */
export function serverReasonOf({ code, retryAfterMs }: OmnitoolError): RunReason | null {
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
    case 'file-changed':
    case 'file-vanished':
    case 'file-unreadable':
    case 'file-refused':
    case 'file-busy':
    case 'file-broken':
    case 'file-path':
    case 'file-unanswered':
    case 'disk-crowded':
      throw new Error('A file on this machine is not the trouble of a server.');
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
