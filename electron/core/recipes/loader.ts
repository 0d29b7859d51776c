import type { RecipeId } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { backOffDelay } from '../base/back-off.ts';
import type { Clock } from '../base/clock.ts';
import { OmnitoolError, type OmnitoolErrorCode } from '../omnitool/errors.ts';

/** Requests at a time: the server has work to do, and what recipes take and give is not urgent. */
const AT_ONCE = 3;
/** After so many failures in a row the recipes are not the cause. */
const MOST_FAILURES = 5;
/** Milliseconds before a recipe that failed to load is tried again; doubled each time. */
const BACK_OFF = { first: 60_000, longest: 3_600_000 };

interface LoaderPorts {
  readonly clock: Clock;
  /** Loads one recipe. Answers `outdated` when the recipe changed during the load and must be loaded again. */
  load(id: RecipeId, signal: AbortSignal): Promise<'current' | 'outdated'>;
  /** Whether the server is there and takes the token. */
  isReachable(): Promise<boolean>;
  /** Receives a failure of a load that has no caller. */
  onFailure(id: RecipeId, failure: unknown): void;
}

interface Failed {
  readonly times: number;
  /** Time of the next attempt, in ms since 1970. */
  readonly until: number;
}

/**
 * Loads recipes in the background, a few at a time, those in view first. Starts after a listing succeeded and stops
 * when the server is away; the next listing starts it again.
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

  /** Sets the recipes to load. Skips those that failed a short time ago. */
  fill(ids: readonly RecipeId[]): void {
    const now = this.#ports.clock.now();
    this.#queue = new Set(ids.filter((id) => (this.#failed.get(id)?.until ?? 0) <= now));
    this.#failuresOnEnd = 0;
    this.#goOn();
  }

  /** Sets the recipes in view, which are loaded next. */
  want(ids: readonly RecipeId[]): void {
    this.#inSight = ids;
    this.#next();
  }

  /** Loads one recipe at once; its failure goes to the caller. */
  load(id: RecipeId): Promise<void> {
    const loading = this.#loading.get(id) ?? this.#load(id);
    this.#loading.set(id, loading);
    return loading;
  }

  /** Stops for good and cancels the running loads. */
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
    // An outdated recipe is still in the queue.
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
      this.#pause(id, failure.retryAfterMs ?? BACK_OFF.first);
      return;
    }
    if (isAboutRecipe(failure)) {
      this.#leaveAlone(id);
      return;
    }
    // A slow recipe is no sign that the server is away, so the server is asked.
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
    const pause = backOffDelay(BACK_OFF, times);
    this.#failed.set(id, { times, until: this.#ports.clock.now() + pause });
    this.#failuresOnEnd += 1;
    if (this.#failuresOnEnd >= MOST_FAILURES) this.#hold();
  }
}

/** Error codes that concern one recipe: the server answered and would answer for others. */
const ABOUT_RECIPE: ReadonlySet<string> = new Set<OmnitoolErrorCode>([
  'server-error',
  'bad-reply',
  'not-found',
  'forbidden',
]);

const isAboutRecipe = (failure: unknown): boolean =>
  failure instanceof AppError || (failure instanceof OmnitoolError && ABOUT_RECIPE.has(failure.code));
