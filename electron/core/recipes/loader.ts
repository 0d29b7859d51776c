import type { RecipeId } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import type { Clock } from '../base/clock.ts';
import type { OmnitoolErrorCode } from '../omnitool/errors.ts';
import { OmnitoolError } from '../omnitool/errors.ts';

/** A server has work to do; what recipes take and give is known a little later instead. */
const AT_ONCE = 3;
/** So many failures on end are no longer about the recipes. */
const MOST_FAILURES = 5;
/** In ms: how long a recipe that could not be loaded is left alone, doubled each time. */
const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;

export interface LoaderPorts {
  readonly clock: Clock;
  /**
   * Loads one recipe; rejects with why it could not. `outdated`: it changed while it was on its way, and has to be
   * loaded once more.
   */
  load(id: RecipeId, signal: AbortSignal): Promise<'current' | 'outdated'>;
  /** Whether the server is there and takes the token. */
  isReachable(): Promise<boolean>;
  /** Told of a failure that nobody waits for. */
  onFailure(id: RecipeId, failure: unknown): void;
}

interface Failed {
  readonly times: number;
  /** Not tried again before, in ms since 1970. */
  readonly until: number;
}

/**
 * Loads recipes in the background, a few at a time, those in sight first. It begins when a listing has shown that the
 * server is there, and stops by itself when it is not; the next listing begins it anew.
 */
export class RecipeLoader {
  readonly #ports: LoaderPorts;
  readonly #stopped = new AbortController();
  readonly #loading = new Map<RecipeId, Promise<void>>();
  readonly #failed = new Map<RecipeId, Failed>();
  #queue = new Set<RecipeId>();
  #inSight: readonly RecipeId[] = [];
  #isHeld = true;
  #active = 0;
  #failuresOnEnd = 0;
  #checking: Promise<boolean> | null = null;
  #resume: () => void = () => undefined;

  constructor(ports: LoaderPorts) {
    this.#ports = ports;
  }

  /** These are not known as they are now, and the server is there. Those that failed a short time ago are left out. */
  fill(ids: readonly RecipeId[]): void {
    const now = this.#ports.clock.now();
    this.#queue = new Set(ids.filter((id) => (this.#failed.get(id)?.until ?? 0) <= now));
    this.#failuresOnEnd = 0;
    this.#goOn();
  }

  /** Those in sight, in place of those that were: the next ones to be loaded. */
  want(ids: readonly RecipeId[]): void {
    this.#inSight = ids;
    this.#next();
  }

  /** Loads one at once because somebody asks for it; its failure is theirs. */
  load(id: RecipeId): Promise<void> {
    const loading = this.#loading.get(id) ?? this.#load(id);
    this.#loading.set(id, loading);
    return loading;
  }

  /** For good; what is being loaded is cancelled. */
  stop(): void {
    this.#hold();
    this.#stopped.abort();
  }

  #hold(): void {
    this.#isHeld = true;
    this.#resume();
  }

  #goOn(): void {
    if (this.#stopped.signal.aborted) return;
    this.#resume();
    this.#isHeld = false;
    this.#next();
  }

  #next(): void {
    while (!this.#isHeld && this.#active < AT_ONCE) {
      const id = this.#choose();
      if (id === undefined) return;
      this.#active += 1;
      void this.#loadQuietly(id).finally(() => {
        this.#active -= 1;
        this.#next();
      });
    }
  }

  #choose(): RecipeId | undefined {
    const inSight = this.#inSight.find((id) => this.#queue.has(id) && !this.#loading.has(id));
    if (inSight !== undefined) return inSight;
    for (const id of this.#queue) if (!this.#loading.has(id)) return id;
    return undefined;
  }

  async #load(id: RecipeId): Promise<void> {
    try {
      if ((await this.#ports.load(id, this.#stopped.signal)) === 'current') this.#queue.delete(id);
      this.#failed.delete(id);
    } catch (failure) {
      this.#queue.delete(id);
      throw failure;
    } finally {
      this.#loading.delete(id);
    }
    // One that is outdated is in the queue still.
    this.#next();
  }

  async #loadQuietly(id: RecipeId): Promise<void> {
    try {
      await this.load(id);
      this.#failuresOnEnd = 0;
    } catch (failure) {
      if (!this.#stopped.signal.aborted) await this.#failedWith(id, failure);
    }
  }

  async #failedWith(id: RecipeId, failure: unknown): Promise<void> {
    this.#ports.onFailure(id, failure);
    if (failure instanceof OmnitoolError && failure.code === 'rate-limited') {
      this.#pause(id, failure.retryAfterMs ?? FIRST_PAUSE);
      return;
    }
    if (isAboutRecipe(failure)) {
      this.#leaveAlone(id);
      return;
    }
    // A recipe that takes too long to come is no server that is away, so the server is asked.
    this.#hold();
    if (!(await (this.#checking ??= this.#check(id)))) return;
    this.#leaveAlone(id);
    if (this.#failuresOnEnd < MOST_FAILURES) this.#goOn();
  }

  async #check(id: RecipeId): Promise<boolean> {
    try {
      return await this.#ports.isReachable();
    } catch (failure) {
      this.#ports.onFailure(id, failure);
      return false;
    } finally {
      this.#checking = null;
    }
  }

  #pause(id: RecipeId, ms: number): void {
    this.#hold();
    this.#queue.add(id);
    this.#resume = this.#ports.clock.after(ms, () => this.#goOn());
  }

  #leaveAlone(id: RecipeId): void {
    const times = (this.#failed.get(id)?.times ?? 0) + 1;
    const pause = Math.min(FIRST_PAUSE * 2 ** (times - 1), LONGEST_PAUSE);
    this.#failed.set(id, { times, until: this.#ports.clock.now() + pause });
    this.#failuresOnEnd += 1;
    if (this.#failuresOnEnd >= MOST_FAILURES) this.#hold();
  }
}

/** The server answered, and would do so for other recipes. */
const ABOUT_RECIPE: ReadonlySet<string> = new Set<OmnitoolErrorCode>([
  'server-error',
  'bad-reply',
  'not-found',
  'forbidden',
]);

const isAboutRecipe = (failure: unknown): boolean =>
  failure instanceof AppError || (failure instanceof OmnitoolError && ABOUT_RECIPE.has(failure.code));
