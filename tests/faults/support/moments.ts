import type { RunState } from '../../../electron/contract/views.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { json } from '../../support/scripted-server.ts';
import type { FaultName } from './faults.ts';
import { EXEC, type Hop } from './hop.ts';

const API = '/api/v1';
const JOBS = `GET ${API}/workflow/jobs`;
const LISTEN = `GET ${API}/mercenaries/listen`;
const COLLECTION = `POST ${API}/mercenaries/runscript/omni-core-collectionmanager:collection`;
const BLOCK = `POST ${API}/mercenaries/runscript/runBlock`;
const NO_ROUTE = json(404, { message: 'Route not found', error: 'Not Found', statusCode: 404 });

/**
 * The recipes of the practice server that a run of these tests can be of, with what it is told beside its mark. The slow
 * one is there to be stopped: it outlasts a stop that goes wrong for some seconds, and ends soon after one that is heard.
 */
export const RECIPES = { Echo: '', 'Slow steps': 'steps=10 delay=1000', 'Chat-only answer': '' } as const;
type RecipeName = keyof typeof RECIPES;

/** When and where a run meets a fault. */
export interface Moment {
  /** The route whose answers go wrong, `GET /path`; a `*` at its end stands for anything. */
  readonly route: string;
  readonly recipe: RecipeName;
  /** From which state of the run on; null: since before it was submitted. */
  readonly from: RunState | null;
  /** What else is not as usual, so that the route is asked at all. */
  readonly prepare?: (hop: Hop) => void;
  /** What is done to have it asked, beside starting the run. */
  readonly also?: 'list' | 'load' | 'stop';
  /** After these faults the server itself has nothing more to give. */
  readonly spent?: readonly FaultName[];
}

/** Every route that the client uses, some at more than one moment of a run's life. */
export const MOMENTS = {
  'GET /version': {
    route: 'GET /version',
    recipe: 'Echo',
    from: null,
    // A server is asked for its version when a run that waits for it is tried again.
    prepare: (hop) => hop.on('POST /fid', json(503, {}), hop.forward),
  },
  'POST collection': { route: COLLECTION, recipe: 'Echo', from: null, also: 'list' },
  'POST runBlock': {
    route: BLOCK,
    recipe: 'Echo',
    from: null,
    also: 'list',
    prepare: (hop) => hop.on(COLLECTION, NO_ROUTE),
  },
  'GET workflow/<id>': { route: `GET ${API}/workflow/${RECIPE.echo}`, recipe: 'Echo', from: null, also: 'load' },
  'POST /fid': { route: 'POST /fid', recipe: 'Echo', from: null },
  'GET jobs, to start': { route: JOBS, recipe: 'Echo', from: null },
  'POST exec': { route: EXEC, recipe: 'Echo', from: null },
  'GET listen': { route: LISTEN, recipe: 'Echo', from: null },
  'GET jobs, to watch': { route: JOBS, recipe: 'Echo', from: 'running', prepare: (hop) => hop.on(LISTEN, NO_ROUTE) },
  'POST stop': { route: `POST ${API}/workflow/stop`, recipe: 'Slow steps', from: null, also: 'stop' },
  'GET listen, chat': {
    route: LISTEN,
    recipe: 'Chat-only answer',
    // The stream of the profile is open by then; the next is that of the run's own session.
    from: 'running',
    // It tells each message once (wire 12), or says that it knows the session no more.
    spent: ['too late', 'cut before head', 'cut after head', 'cut in body', '401', '403', '404', '410'],
  },
  'GET results': { route: `GET ${API}/workflow/results`, recipe: 'Echo', from: null },
  'GET /fid': { route: 'GET /fid/*', recipe: 'Echo', from: null, spent: ['404', '410'] },
} as const satisfies Readonly<Record<string, Moment>>;

export type MomentName = keyof typeof MOMENTS;
