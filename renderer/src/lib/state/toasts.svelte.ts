import { SvelteMap } from 'svelte/reactivity';
import { errorWords, type Result, type RunId } from '../contract.ts';

interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'plain' | 'problem';
  readonly text: string;
  readonly detail: string | null;
  readonly action: ToastAction | null;
  /** The run it is about: a newer toast of the same run takes its place. */
  readonly runId: RunId | null;
}

type ToastOptions = Partial<Pick<Toast, 'tone' | 'detail' | 'action' | 'runId'>> & {
  /** How long it is shown, in ms. */
  readonly for?: number;
};

/** Confirmations go by themselves after this long; problems stay until they are dismissed. Milliseconds. */
const SHOWN_FOR = 7_000;
/** More at once would cover the screen. */
const MOST = 3;

/** What can be undone stays on its own, also when the next one is called the same. */
const isSame = (one: Toast, other: Toast): boolean =>
  one.action === null && other.action === null && one.text === other.text && one.detail === other.detail;

/** Short messages at the foot of the window, and what is said to screen readers. */
export class Toasts {
  readonly #byId = new SvelteMap<number, Toast>();
  #lastId = 0;
  readonly list = $derived([...this.#byId.values()]);
  /** The last thing said without being shown. */
  said = $state('');

  /** Says something to screen readers only, where the screen itself already shows it. */
  say(text: string): void {
    this.said = text;
  }

  /** Shows a message; answers what `dismiss` wants to know. */
  show(text: string, { for: shownFor = SHOWN_FOR, ...options }: ToastOptions = {}): number {
    this.#lastId += 1;
    const id = this.#lastId;
    const toast: Toast = { id, text, tone: 'plain', detail: null, action: null, runId: null, ...options };
    // The same thing again takes the place of what was said before: a pile of it would only cover the screen.
    this.#dismissWhere((other) =>
      toast.runId === null ? other.runId === null && isSame(other, toast) : other.runId === toast.runId,
    );
    this.#byId.set(id, toast);
    const [oldest] = this.#byId.keys();
    if (oldest !== undefined && this.#byId.size > MOST) this.dismiss(oldest);
    if (toast.tone !== 'problem') setTimeout(() => this.dismiss(id), shownFor);
    return id;
  }

  /** The answer, or `undefined` after its problem was put on the screen. */
  async answer<T>(asked: Promise<Result<T>>): Promise<T | undefined> {
    const result = await asked;
    if (result.ok) return result.value;
    // Changing one's mind is not a problem.
    if (result.error.code !== 'cancelled') {
      const { title, next } = errorWords(result.error);
      this.show(title, { tone: 'problem', detail: next });
    }
    return undefined;
  }

  dismiss(id: number): void {
    this.#byId.delete(id);
  }

  /** The view that is shown now says the same of every run. */
  dismissRuns(): void {
    this.#dismissWhere(({ runId }) => runId !== null);
  }

  #dismissWhere(isMeant: (toast: Toast) => boolean): void {
    for (const toast of this.list) if (isMeant(toast)) this.dismiss(toast.id);
  }
}
