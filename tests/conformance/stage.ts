import { expect } from 'vitest';
import { type PracticeOptions, type PracticeServer, startPracticeServer } from '../../electron/practice/server.ts';
import { Stream } from '../support/wire/stream.ts';
import { type Answer, data, type Door, ENDED, field, list, textAt, Visitor } from '../support/wire/visitor.ts';
import { NEEDED, type RecipeKey } from './needed-recipes.ts';

export const COLLECTION = '/api/v1/mercenaries/runscript/omni-core-collectionmanager:collection';
export const RUN_BLOCK = '/api/v1/mercenaries/runscript/runBlock';
export const RECIPE_BLOCK = { block: 'omnitool.get_recipes', args: {} };

/** What a statement needs: recipes, or one of the two ways of listing. */
export type Need = RecipeKey | 'collection' | 'block';

/** Longest wait for one event, in ms. A real server has blocks that take eight seconds. */
const PATIENCE = { practice: 30_000, real: 60_000 } as const;

/** The server under test and a user signed in to it. */
export class Stage implements Door {
  readonly origin: string;
  readonly token: string;
  readonly visitor: Visitor;
  /** Null for a server that `OMNITOOL_URL` names. */
  readonly practice: PracticeServer | null;
  readonly #listed: ReadonlyMap<string, string>;
  readonly #ways: ReadonlySet<Need>;

  private constructor(door: Door, practice: PracticeServer | null, visitor: Visitor, found: Found) {
    this.origin = door.origin;
    this.token = door.token;
    this.practice = practice;
    this.visitor = visitor;
    this.#listed = found.recipes;
    this.#ways = found.ways;
  }

  /** `options` apply to the practice server only. */
  static async open(options: PracticeOptions): Promise<Stage> {
    const real = realServer();
    const practice = real === null ? await startPracticeServer(options) : null;
    const door = real ?? practice;
    if (door === null) throw new TypeError('There is no server.');
    const visitor = await Visitor.enter(door);
    return new Stage(door, practice, visitor, await look(visitor));
  }

  /** Makes blocks that wait do so until `letGo`. On a real server such blocks take some seconds instead. */
  hold(): void {
    this.practice?.holdWaits();
  }

  letGo(): void {
    this.practice?.finishWaits();
  }

  async close(): Promise<void> {
    await this.practice?.close();
  }

  /** Names what the server lacks; null when it has everything. */
  missing(needs: readonly Need[]): string | null {
    const absent = needs.filter((need) => (isWay(need) ? !this.#ways.has(need) : this.#find(need) === null));
    return absent.length === 0 ? null : absent.map(nameNeed).join('; ');
  }

  /** The id of a recipe that the statement listed as a need. */
  recipe(key: RecipeKey): string {
    const id = this.#find(key);
    if (id === null) throw new Error(`The statement does not say that it needs ${key}.`);
    return id;
  }

  /** The ids of all recipes that a way of listing returns. */
  listed(): readonly string[] {
    return [...this.#listed.values()];
  }

  /** Signs in with a new session, which gets its own chat messages. */
  enter(): Promise<Visitor> {
    return Visitor.enter(this);
  }

  /** Starts a recipe and waits for its end. */
  async run(key: RecipeKey, args: Readonly<Record<string, unknown>> = {}, by = this.visitor): Promise<Ended> {
    const jobId = await by.start(this.recipe(key), args);
    await this.until(
      () => by.stateOf(jobId),
      (state) => ENDED.includes(state),
    );
    return { jobId, state: (await by.stateOf(jobId)) ?? 'gone', result: await by.result(jobId) };
  }

  /** Starts a recipe with the stream already open, and returns all messages up to the end of the job. */
  async hear(key: RecipeKey, args: Readonly<Record<string, unknown>> = {}) {
    const by = await this.enter();
    const stream = await this.listen(by);
    const jobId = await by.start(this.recipe(key), args);
    await stream.hears('job_state', 'job_finished');
    await stream.close();
    return { jobId, by, messages: stream.messages };
  }

  /** Runs a recipe in a new session and opens its stream afterwards, to read the stored messages. */
  async replay(key: RecipeKey, args: Readonly<Record<string, unknown>> = {}) {
    const by = await this.enter();
    const ended = await this.run(key, args, by);
    const stream = await this.listen(by);
    await stream.hears('job_state', 'job_finished');
    await stream.close();
    return { ...ended, by, messages: stream.messages };
  }

  listen(by: Visitor, query?: string): Promise<Stream> {
    return Stream.open(this.origin, by.cookie, query);
  }

  /** Repeats a request until its answer matches. */
  async until<T>(ask: () => Promise<T>, isWished: (answer: T) => boolean): Promise<void> {
    const timeout = this.practice === null ? PATIENCE.real : PATIENCE.practice;
    await expect.poll(ask, { timeout, interval: 25 }).toSatisfy(isWished);
  }

  #find(key: RecipeKey): string | null {
    const { id, names } = NEEDED[key];
    if (this.practice !== null) return id;
    return names.map((name) => this.#listed.get(name)).find((found) => found !== undefined) ?? null;
  }
}

export interface Ended {
  readonly jobId: string;
  readonly state: string;
  readonly result: Answer;
}

interface Found {
  /** Ids by name. */
  readonly recipes: ReadonlyMap<string, string>;
  readonly ways: ReadonlySet<Need>;
}

const isWay = (need: Need): need is 'collection' | 'block' => need === 'collection' || need === 'block';

function nameNeed(need: Need): string {
  if (isWay(need)) return need === 'collection' ? 'needs the collection extension' : 'needs the recipe-list block';
  const { names, shape } = NEEDED[need];
  return `needs a recipe ${names.map((name) => `"${name}"`).join(' or ')} (${shape})`;
}

/** The server that the environment names; null when it names none. Throws when a part is missing. */
function realServer(): Door | null {
  const { OMNITOOL_URL: url = '', OMNITOOL_TOKEN: token = '' } = process.env;
  if (url === '' && token === '') return null;
  if (url === '' || token === '') throw new Error('OMNITOOL_URL and OMNITOOL_TOKEN go together.');
  return { origin: new URL(url).origin, token };
}

/** Lists the recipes by whichever way works. */
async function look(visitor: Visitor): Promise<Found> {
  const recipes = new Map<string, string>();
  const ways = new Set<Need>();
  for (let page = 1; ; page++) {
    const answer = await visitor.post(COLLECTION, { type: 'recipe', limit: 500, cursor: page * 500, filter: '' });
    if (answer.status !== 200) break;
    ways.add('collection');
    const items = list(field(data(answer), 'items'));
    if (items.length === 0) break;
    for (const item of items) recipes.set(textAt(item, 'value', 'name'), textAt(item, 'value', 'id'));
  }
  const answer = await visitor.post(RUN_BLOCK, RECIPE_BLOCK);
  if (answer.status !== 200) return { recipes, ways };
  ways.add('block');
  for (const model of list(field(data(answer), 'models'))) {
    const name = textAt(model, 'title');
    if (!recipes.has(name)) recipes.set(name, textAt(model, 'value'));
  }
  return { recipes, ways };
}
