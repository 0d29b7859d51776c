/** The type of `window.omnitray`, the only object that the page gets. It follows from the calls and events. */
import type { AnswerOf, CallName, RequestOf } from './calls.ts';
import type { Result } from './errors.ts';
import type { EventName, Events } from './events.ts';

type Arguments<Name extends CallName> = undefined extends RequestOf<Name> ? [] : [request: RequestOf<Name>];

export interface Bridge {
  /** Never rejects: a failure is returned as a result. */
  call<Name extends CallName>(name: Name, ...request: Arguments<Name>): Promise<Result<AnswerOf<Name>>>;
  /** Returns a function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /** The path of a dropped or picked file; '' when the file is not on a disk. */
  pathOf(file: File): string;
}
