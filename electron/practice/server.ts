import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gate } from './auth/gate.ts';
import { Sessions } from './auth/sessions.ts';
import { EXEC_SCOPE, randomId, signToken } from './auth/token.ts';
import { type UserName, USERS } from './auth/users.ts';
import { EventStreams, KEEPALIVE } from './events/event-streams.ts';
import { FileStore } from './files/file-store.ts';
import { answerBrokenRequests, listen, stopListening } from './http/listening.ts';
import { listener } from './http/listener.ts';
import { JobEngine } from './jobs/job-engine.ts';
import { ResultStore } from './jobs/result-store.ts';
import { Waits } from './jobs/waits.ts';
import { moreRecipes, RECIPES } from './recipes/catalogue.ts';
import { gives, says, takes } from './blocks/graph.ts';
import { RECIPE } from './recipes/ids.ts';
import type { Recipe } from './recipes/recipe.ts';
import { RecipeBook } from './recipes/recipe-book.ts';
import { authRoutes } from './routes/auth-routes.ts';
import { fileManagerRoutes } from './routes/file-manager-routes.ts';
import { fileRoutes } from './routes/file-routes.ts';
import { jobRoutes, type OnStart } from './routes/job-routes.ts';
import { type Listing, listingRoutes } from './routes/listing-routes.ts';
import { miscRoutes } from './routes/misc-routes.ts';
import { recipeRoutes } from './routes/recipe-routes.ts';

/** 30 days, in seconds. */
const TOKEN_LIFETIME = 30 * 24 * 3_600;

/** The real server announces `keep-alive: timeout=72` (wire 10). In ms. */
const KEEP_ALIVE = 72_000;

interface TokenOptions {
  /** Zero or less gives an expired token. */
  readonly lifetimeSeconds?: number;
  readonly scopes?: unknown;
  readonly user?: UserName;
}

/** A recipe as `npm run practice` lists it. */
interface OfferedRecipe {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly takes: readonly string[];
  /** The kinds of its results. */
  readonly gives: readonly string[];
  /** The kinds that it sends to the chat. */
  readonly says: readonly string[];
}

/** A small Omnitool 1.0.4 on this machine, for trying things out and for tests. It makes no outgoing connection. */
export interface PracticeServer {
  /** `http://127.0.0.1:<port>`, the same for the life of the server. */
  readonly origin: string;
  /** A token of the user `practice`, good for 30 days. */
  readonly token: string;
  /** The recipes now, without hidden ones. */
  readonly recipes: readonly OfferedRecipe[];
  /** Changes, adds and removes recipes while the server runs, like their author. A restart keeps the changes. */
  readonly recipeBook: RecipeBook;
  mintToken(options?: TokenOptions): Promise<string>;
  /** Restarts on the same port. Files, results, sessions and tokens stay, jobs are forgotten (wire 10). */
  restart(): Promise<void>;
  /** Ends all current and later waits of blocks: a job that would take an hour goes on at once. */
  finishWaits(): void;
  /** Later waits of blocks last until `finishWaits`. */
  holdWaits(): void;
  /** Later waits of blocks last as long as they say again. */
  restoreWaits(): void;
  close(): Promise<void>;
}

/** Options of a practice server; each has a default. */
export interface PracticeOptions {
  /** 0, or a port that is taken: any free one. */
  readonly port?: number;
  /** The key that signs tokens and cookies. Default: a random one, so that tokens end with the server. */
  readonly secret?: string;
  /** The folder of files and results. Default: a temporary one that is removed on close. */
  readonly folder?: string;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** The way of listing recipes that works. Default: as on a normal install. */
  readonly listing?: Listing;
  /** Whether the File Manager is installed, as on a normal install (wire 13.5). Default: true. */
  readonly fileManager?: boolean;
  /** Also lists recipes that are only for tests and usually hidden. */
  readonly showAll?: boolean;
  /** The number of generated recipes beside the usual ones. */
  readonly moreRecipes?: number;
  /** Called with the arguments of each start of a known recipe. */
  readonly onStart?: OnStart;
  /** The time between two keep-alives on an event stream, in ms. Default: a minute, as on the real server (wire 9). */
  readonly keepalive?: number;
}

/** Starts a practice server on the loopback interface. Rejects when it cannot listen there or cannot use its folder. */
export async function startPracticeServer(options: PracticeOptions = {}): Promise<PracticeServer> {
  const { port = 0, secret = randomBytes(32).toString('hex'), clock = Date.now } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'omnitray-practice-')));
  let host = '';
  const files = await FileStore.open(join(folder, 'files'), () => host, clock);
  const results = await ResultStore.open(join(folder, 'results'), clock);
  const sessions = new Sessions(secret, clock);
  const waits = new Waits();
  const book = new RecipeBook(recipesFor(options), clock);
  const { listing = 'collection', keepalive = KEEPALIVE, fileManager = true, onStart = () => undefined } = options;
  const origin = () => `http://${host}`;
  const parts = { files, results, sessions, waits, book };
  const state = { ...parts, secret, clock, listing, keepalive, fileManager, origin, onStart };

  let open = openServer(state);
  const bound = await listen(open.server, port, true);
  host = `127.0.0.1:${bound}`;

  const mintToken = ({
    lifetimeSeconds = TOKEN_LIFETIME,
    scopes = [EXEC_SCOPE],
    user = 'practice',
  }: TokenOptions = {}) => {
    const iat = Math.floor(clock() / 1_000);
    const claims = { scopes, issuerId: USERS[user].id, tokenId: randomId(), iat, exp: iat + lifetimeSeconds };
    return signToken(claims, secret);
  };
  const closeServer = async () => {
    open.engine.dispose();
    await stopListening(open.server);
  };

  return {
    origin: origin(),
    token: await mintToken(),
    get recipes() {
      return book.all.filter((recipe) => !recipe.hidden).map(offered);
    },
    recipeBook: book,
    mintToken,
    restart: async () => {
      await closeServer();
      open = openServer(state);
      await listen(open.server, bound, false);
    },
    finishWaits: () => waits.finish(),
    holdWaits: () => waits.hold(),
    restoreWaits: () => waits.restore(),
    close: async () => {
      await closeServer();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A recipe with two blocks that are not installed is never shown: its job stays `ready` forever (wire 4). */
function recipesFor({ showAll = false, moreRecipes: more = 0 }: PracticeOptions): readonly Recipe[] {
  const usual = showAll ? RECIPES.map((recipe) => ({ ...recipe, hidden: recipe.id === RECIPE.ghost })) : RECIPES;
  return [...usual, ...moreRecipes(more)];
}

const offered = ({ id, name, description, nodes }: Recipe): OfferedRecipe => ({
  id,
  name,
  description,
  takes: takes(nodes),
  gives: gives(nodes),
  says: says(nodes),
});

/** The parts that survive a restart. */
interface ServerState {
  readonly files: FileStore;
  readonly results: ResultStore;
  readonly sessions: Sessions;
  readonly waits: Waits;
  readonly book: RecipeBook;
  readonly secret: string;
  readonly clock: () => number;
  readonly listing: Listing;
  readonly keepalive: number;
  readonly onStart: OnStart;
  readonly fileManager: boolean;
  readonly origin: () => string;
}

/** Makes the parts that a restart replaces: the listening server, the jobs and the event streams. */
function openServer(state: ServerState): { readonly server: Server; readonly engine: JobEngine } {
  const { files, results, sessions, waits, book, secret, clock, origin } = state;
  const streams = new EventStreams(state.keepalive);
  const engine = new JobEngine({ files, results, streams, clock, waits });
  const routes = [
    ...miscRoutes(streams),
    ...authRoutes({ sessions, streams, secret, clock }),
    ...jobRoutes(engine, results, book, state.onStart),
    ...fileRoutes(files, streams),
    ...(state.fileManager ? fileManagerRoutes(files) : []),
    ...listingRoutes({ book, listing: state.listing, origin }),
    ...recipeRoutes(book, origin),
  ];
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, listener(routes, new Gate(sessions, secret, clock)));
  answerBrokenRequests(server);
  return { server, engine };
}
