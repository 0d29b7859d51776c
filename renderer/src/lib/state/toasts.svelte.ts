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
  /** The run that the toast is about. A newer toast of the same run replaces it. */
  readonly runId: RunId | null;
}

type ToastOptions = Partial<Pick<Toast, 'tone' | 'detail' | 'action' | 'runId'>> & {
  /** Milliseconds until it disappears. */
  readonly for?: number;
};

/** Milliseconds. Problems stay until the user dismisses them. */
const SHOWN_FOR = 7_000;
/** More toasts would cover the screen. */
const MOST = 3;

/** Toasts with an action are never equal, because each undoes a change of its own. */
const isSame = (one: Toast, other: Toast): boolean =>
  one.action === null && other.action === null && one.text === other.text && one.detail === other.detail;

/** Messages at the foot of the window, and announcements for screen readers. */
export class Toasts {
  readonly #byId = new SvelteMap<number, Toast>();
  #lastId = 0;
  readonly list = $derived([...this.#byId.values()]);
  /** The last announcement for screen readers. */
  said = $state('');

  /** Announces a text that the screen already shows to screen readers only. */
  say(text: string): void {
    this.said = text;
  }

  /** Shows a toast. Returns its id for `dismiss`. */
  show(text: string, { for: shownFor = SHOWN_FOR, ...options }: ToastOptions = {}): number {
    this.#lastId += 1;
    const id = this.#lastId;
    const toast: Toast = { id, text, tone: 'plain', detail: null, action: null, runId: null, ...options };
    // Repeated messages replace each other, so that they do not cover the screen.
    this.#dismissWhere((other) =>
      toast.runId === null ? other.runId === null && isSame(other, toast) : other.runId === toast.runId,
    );
    this.#byId.set(id, toast);
    const [oldest] = this.#byId.keys();
    if (oldest !== undefined && this.#byId.size > MOST) this.dismiss(oldest);
    if (toast.tone !== 'problem') setTimeout(() => this.dismiss(id), shownFor);
    return id;
  }

  /** The value of a result, or `undefined` after its error was shown as a toast. */
  async answer<T>(asked: Promise<Result<T>>): Promise<T | undefined> {
    const result = await asked;
    if (result.ok) return result.value;
    // A cancelled dialog is not an error.
    if (result.error.code !== 'cancelled') {
      const { title, next } = errorWords(result.error);
      this.show(title, { tone: 'problem', detail: next });
    }
    return undefined;
  }

  dismiss(id: number): void {
    this.#byId.delete(id);
  }

  /** Dismisses the toasts about runs, because the view that opens shows the same. */
  dismissRuns(): void {
    this.#dismissWhere(({ runId }) => runId !== null);
  }

  #dismissWhere(isMeant: (toast: Toast) => boolean): void {
    for (const toast of this.list) if (isMeant(toast)) this.dismiss(toast.id);
  }
}
