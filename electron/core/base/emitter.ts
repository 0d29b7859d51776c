/** The listeners of one kind of event. When a listener throws, the others are still called. */
export class Listeners<T> {
  readonly #listeners = new Set<(event: T) => void>();

  /** Returns a function that ends the subscription. */
  add(listener: (event: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @throws AggregateError when listeners threw, after all were called */
  emit(event: T): void {
    const failures: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'A listener failed.');
  }
}

/** Listeners by event. `Events` maps the name of each event to what its listeners receive. */
export class Emitter<Events extends object> {
  readonly #listeners: { [Kind in keyof Events]?: Listeners<Events[Kind]> } = {};

  /** Returns a function that ends the subscription. */
  on<Kind extends keyof Events>(kind: Kind, listener: (event: Events[Kind]) => void): () => void {
    const listeners: Listeners<Events[Kind]> = this.#listeners[kind] ?? new Listeners<Events[Kind]>();
    this.#listeners[kind] = listeners;
    return listeners.add(listener);
  }

  /** @throws AggregateError when listeners threw, after all were called */
  emit<Kind extends keyof Events>(kind: Kind, event: Events[Kind]): void {
    this.#listeners[kind]?.emit(event);
  }
}
