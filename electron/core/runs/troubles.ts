import type { RunReason } from '../../contract/views.ts';
import { DiskError } from '../disk-error.ts';
import { DataError } from '../intake/data-error.ts';
import type { FileErrorCode } from '../intake/file-error.ts';
import { FileError } from '../intake/file-error.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { UPLOAD } from '../omnitool/upload.ts';
import { storeTrouble } from '../store/database.ts';
import { NotReady } from './servers.ts';

/**
 * What a failed step means for its run. `wait`: nothing is lost, it goes on by itself once the reason lifts. `fail`:
 * sending the same again would fail again. `unconfirmed`: the server may have started it.
 */
export type Trouble =
  | {
      readonly is: 'wait';
      readonly reason: RunReason;
      readonly detail: string | null;
      /** How long the server asked to be left alone, in ms. */
      readonly afterMs: number | null;
    }
  | { readonly is: 'fail'; readonly reason: RunReason; readonly detail: string | null }
  | { readonly is: 'unconfirmed' };

const wait = (reason: RunReason, afterMs: number | null = null, detail: string | null = null): Trouble => ({
  is: 'wait',
  reason,
  detail,
  afterMs,
});
const fail = (reason: RunReason, detail: string | null = null): Trouble => ({ is: 'fail', reason, detail });

/** A failure while files are read and uploaded: no job exists yet, so everything may be tried again. */
export function troubleOfSending(failure: unknown, fileName: string | null): Trouble {
  if (failure instanceof DataError)
    return fail(failure.problem === 'too-deep' ? 'data-too-deep' : 'data-invalid', failure.dataName);
  if (failure instanceof FileError) return troubleOfFile(failure.code, failure.fileName ?? fileName);
  const disk = storeTrouble(failure);
  if (disk !== null) return wait(disk);
  const common = commonTrouble(failure);
  if (common !== null) return common;
  if (!(failure instanceof OmnitoolError)) throw failure;
  switch (failure.code) {
    case 'too-large':
      return failure.path === UPLOAD ? fail('file-too-large', fileName) : fail('start-too-large');
    case 'file-changed':
    case 'file-vanished':
    case 'file-unreadable':
    case 'file-refused':
    case 'file-busy':
    case 'file-broken':
    case 'file-path':
    case 'file-unanswered':
    case 'disk-crowded':
      return troubleOfFile(failure.code, fileName);
    case 'upload-refused':
    case 'upload-incomplete':
      return fail('upload-refused', fileName);
    case 'forbidden':
    case 'not-found':
      // What is asked beside the upload may be refused for a while, by a gateway say; nothing was sent yet.
      return failure.path === UPLOAD ? fail('upload-refused', fileName) : wait('server-away');
    default:
      return wait('server-away');
  }
}

/** What passes is waited for: the file is as it was then, or is known to have changed. Every other trouble stays. */
function troubleOfFile(code: FileErrorCode, name: string | null): Trouble {
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
export function troubleOfStarting(failure: unknown): Trouble {
  if (!(failure instanceof OmnitoolError)) return wait('stalled');
  if (failure.sent === 'maybe') return { is: 'unconfirmed' };
  const common = commonTrouble(failure);
  if (common !== null) return common;
  if (failure.sent === 'no') return wait('server-away');
  // Said instead of passing a request on (failures.ts): nothing was started.
  if (failure.status === 503) return wait('server-away', failure.retryAfterMs);
  if (failure.code === 'forbidden') return fail('may-not-run');
  if (failure.code === 'too-large') return fail('start-too-large');
  return fail('start-refused');
}

/** A failure while a result is fetched: the job is done, so this can only be late, never lost. */
export function troubleOfCollecting(failure: unknown): Trouble {
  if (failure instanceof DiskError) return wait(failure.code, null, failure.missing?.toString());
  const common = commonTrouble(failure);
  if (common !== null) return common;
  if (!(failure instanceof OmnitoolError)) throw failure;
  if (failure.code === 'bad-reply' || failure.code === 'forbidden') return fail('result-unreadable');
  return wait('server-away');
}

function commonTrouble(failure: unknown): Trouble | null {
  if (failure instanceof NotReady)
    return failure.reason === 'profile-forgotten' ? fail(failure.reason) : wait(failure.reason);
  if (!(failure instanceof OmnitoolError)) return null;
  // Its client was closed, because the profile got another address or is gone: what is next is found out by asking again.
  if (failure.code === 'cancelled') return wait('server-away');
  if (failure.code === 'unauthorized') return wait('token-refused');
  if (failure.code === 'rate-limited') return wait('rate-limited', failure.retryAfterMs);
  return null;
}
