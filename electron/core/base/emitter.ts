/** A list of listeners for one kind of news. A listener that throws does not keep the others from hearing it. */
export class Listeners<T> {
  readonly #listeners = new Set<(news: T) => void>();

  /** Returns what ends the subscription. */
  add(listener: (news: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @throws AggregateError when listeners threw, after all were told. */
  tell(news: T): void {
    const failures: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(news);
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'A listener failed.');
  }
}
