/** `window.omnitray`: the one object a page gets. Derived from the calls and events, never written out again. */
import type { AnswerOf, CallName, RequestOf } from './calls.ts';
import type { Result } from './errors.ts';
import type { EventName, Events } from './events.ts';

type Arguments<Name extends CallName> = undefined extends RequestOf<Name> ? [] : [request: RequestOf<Name>];

export interface Bridge {
  /** Never rejects: what goes wrong comes back as a result. */
  call<Name extends CallName>(name: Name, ...request: Arguments<Name>): Promise<Result<AnswerOf<Name>>>;
  /** Returns what ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /** The path of a dropped or picked file, '' where the file is not on disk. */
  pathOf(file: File): string;
}
