import type { FaultName } from './faults.ts';
import type { MomentName } from './moments.ts';

/** By fault; `else` for those not named. */
type Table = Readonly<Partial<Record<FaultName, string>> & { readonly else: string }>;

const all = (names: readonly FaultName[], end: string): Partial<Record<FaultName, string>> =>
  Object.fromEntries(names.map((name) => [name, end]));

const GOES_ON: Table = { else: 'succeeded' };
const RATE_LIMITED = ['429', '429 for 1 s'] as const;
/** The server started the job; that is found out through the run's own session. */
const ACTED_ON = ['too late', 'cut before head', 'cut after head', 'cut in body'] as const;

/** Where a run ends after it met a fault that was lifted. It goes on by itself wherever that is safe and of use. */
const ENDS: Readonly<Record<MomentName, Table>> = {
  'GET /version': GOES_ON,
  'POST collection': GOES_ON,
  'POST runBlock': GOES_ON,
  'GET workflow/<id>': GOES_ON,
  'POST /fid': { ...all(['403', '404', '500'], 'failed (upload-refused)'), else: 'succeeded' },
  'GET jobs, to start': GOES_ON,
  'POST exec': {
    ...all(ACTED_ON, 'succeeded'),
    ...all([...RATE_LIMITED, '401', '503'], 'succeeded'),
    ...all(['404', '410', '500', 'redirect here', 'redirect away'], 'failed (start-refused)'),
    '403': 'failed (may-not-run)',
    // Nobody can know whether it was started: the user decides, and it is never sent again.
    else: 'unconfirmed (answer-lost)',
  },
  'GET listen': GOES_ON,
  'GET jobs, to watch': GOES_ON,
  'POST stop': { else: 'stopped' },
  'GET listen, chat': {
    ...all([...ACTED_ON, '401', '403', '404', '410'], 'succeeded (answer-cut)'),
    else: 'succeeded',
  },
  'GET results': GOES_ON,
  'GET /fid': GOES_ON,
};

/** What answers, and not as Omnitool does. */
const ODD = [
  ...(['garbage', '10 MB of JSON', 'wrong types', 'HTML 200', 'redirect here', 'redirect away'] as const),
  ...(['403', '404', '410'] as const),
];

/** A run says what is the matter with its server, and of no server that answers that it does not. */
const away = (state: string): Table => ({
  ...all(RATE_LIMITED, `${state} (rate-limited)`),
  ...all(['500', '503'], `${state} (server-error)`),
  ...all(ODD, `${state} (server-odd)`),
  '401': `${state} (token-refused)`,
  else: `${state} (server-away)`,
});

/** Where a run rests while the fault lasts. Not told of where it does not depend on the route. */
const RESTS: Readonly<Partial<Record<MomentName, Table>>> = {
  'GET /version': { else: 'waiting (server-error)' },
  'POST /fid': { ...away('waiting'), ...all(['403', '404', '500'], 'failed (upload-refused)') },
  'GET jobs, to start': away('waiting'),
  'GET jobs, to watch': away('running'),
  'POST stop': { else: 'running (stopping)' },
  'GET results': away('collecting'),
  'GET /fid': { ...away('collecting'), ...all(['404', '410'], 'succeeded') },
};

const lookUp = (table: Table, fault: FaultName): string => table[fault] ?? table.else;

export const expectedEnd = (moment: MomentName, fault: FaultName): string => lookUp(ENDS[moment], fault);

/** null: anywhere on its way, or for a reason that depends on the machine. */
export function expectedRest(moment: MomentName, fault: FaultName): string | null {
  // Its size is an odd answer, and its time running out is none: who knows which is first.
  if (fault === 'endless' && moment !== 'GET /version') return null;
  const table = RESTS[moment];
  return table === undefined ? null : lookUp(table, fault);
}
