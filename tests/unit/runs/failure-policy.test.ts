import { describe, expect, it } from 'vitest';
import { runStateWords } from '../../../electron/contract/text/runs.ts';
import { OmnitoolError, type OmnitoolErrorCode, type Sent } from '../../../electron/core/omnitool/errors.ts';
import {
  serverReasonOf,
  decideAfterCollecting,
  decideAfterSending,
  decideAfterStarting,
} from '../../../electron/core/runs/failure-policy.ts';

const MB = 1_048_576;

interface Facts {
  readonly path?: string;
  readonly sent?: Sent;
  readonly status?: number;
  readonly retryAfterMs?: number;
}

const failed = (code: OmnitoolErrorCode, { path = '/api/v1/workflow/jobs', sent = 'answered', ...facts }: Facts = {}) =>
  new OmnitoolError({ code, method: 'GET', path, sent, ...facts });

describe('a run that waits for its server', () => {
  it.each([
    ['unreachable', {}, 'server-away'],
    ['timed-out', {}, 'server-away'],
    ['tls', { sent: 'no' }, 'server-tls'],
    ['server-error', { status: 500 }, 'server-error'],
    ['server-error', { status: 503, retryAfterMs: 9_000 }, 'rate-limited'],
    ['rate-limited', { status: 429 }, 'rate-limited'],
    ['unauthorized', { status: 401 }, 'token-refused'],
    ['not-omnitool', { status: 302 }, 'server-odd'],
    ['bad-reply', { status: 200 }, 'server-odd'],
    ['too-large', { status: 413 }, 'server-odd'],
    ['cancelled', { sent: 'no' }, null],
  ] as const)('after %s %j says %s, and says so at every step', (code, facts, reason) => {
    const failure = failed(code, facts);
    expect(serverReasonOf(failure)).toBe(reason);
    expect(decideAfterSending(failure, null)).toMatchObject({ is: 'wait', reason });
    if (code !== 'bad-reply') expect(decideAfterCollecting(failure)).toMatchObject({ is: 'wait', reason });
    const { sentence } = runStateWords('waiting', reason, null);
    // Only of a server that says nothing.
    expect(sentence.includes('does not answer')).toBe(reason === 'server-away');
  });

  it('waits as long as the server asked for', () => {
    const busy = failed('server-error', { status: 503, retryAfterMs: 9_000 });
    expect(decideAfterSending(busy, null)).toMatchObject({ afterMs: 9_000 });
    expect(decideAfterStarting(busy)).toMatchObject({ is: 'wait', reason: 'rate-limited', afterMs: 9_000 });
  });

  it('gives the reason when no start could be sent', () => {
    expect(decideAfterStarting(failed('tls', { sent: 'no' }))).toMatchObject({ is: 'wait', reason: 'server-tls' });
    expect(decideAfterStarting(failed('unreachable', { sent: 'no' }))).toMatchObject({ reason: 'server-away' });
  });
});

describe('a request that is too large', () => {
  const upload = { path: '/fid' } as const;
  const start = { path: '/api/v1/workflow/exec' } as const;

  it('names the limit of Omnitool only when it is that limit', () => {
    const small = { name: 'hills.png', size: 2 * MB };
    const refused = decideAfterSending(failed('too-large', { ...upload, status: 413 }), small);
    expect(refused).toEqual({ is: 'fail', reason: 'file-over-limit', detail: 'hills.png' });
    expect(runStateWords('failed', 'file-over-limit', 'hills.png').sentence).not.toContain('32 MB');
    const large = { name: 'film.mp4', size: 40 * MB };
    const known = decideAfterSending(failed('too-large', { ...upload, sent: 'no' }), large);
    expect(known).toEqual({ is: 'fail', reason: 'file-too-large', detail: 'film.mp4' });
    expect(decideAfterSending(failed('too-large', { ...upload, status: 413 }), large)).toEqual(known);
  });

  it('does the same for a start', () => {
    const here = decideAfterSending(failed('too-large', { ...start, sent: 'no' }), null);
    expect(here).toMatchObject({ is: 'fail', reason: 'start-too-large' });
    const there = decideAfterStarting(failed('too-large', { ...start, status: 413 }));
    expect(there).toMatchObject({ is: 'fail', reason: 'start-over-limit' });
    expect(runStateWords('failed', 'start-over-limit', null).next).not.toContain('32 MB');
  });
});
