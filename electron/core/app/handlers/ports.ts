import type { AnswerOf, CallName, RequestOf } from '../../../contract/calls.ts';
import type { AboutView, Route, StartFailureView } from '../../../contract/views.ts';
import type { Core } from '../core.ts';
import type { Desktop } from '../desktop.ts';
import type { System } from '../system.ts';

type Awaitable<T> = T | Promise<T>;

/** One function for each call. It gets the parsed request, never the IPC event. For the answer null it returns nothing. */
export type Handlers = {
  readonly [Name in CallName]: (
    request: RequestOf<Name>,
  ) => [AnswerOf<Name>] extends [null] ? Awaitable<void> : Awaitable<AnswerOf<Name>>;
};

/** What failed at this start (StartFailureView). */
interface StartReport {
  unread(): readonly StartFailureView[];
  /** The user has read the report. */
  read(): void;
}

/** The calls whose names begin with `Prefix:`. */
export type Area<Prefix extends string> = Pick<Handlers, Extract<CallName, `${Prefix}:${string}`>>;

/** Facts about the program: version, folders, keychain. */
export interface About {
  /** The facts as last known. */
  now(): AboutView;
  /** Probes the keychain first. */
  ask(): Promise<AboutView>;
}

/** What the handlers work on: the core, and what the app around it provides. */
export interface HandlerPorts {
  readonly core: Core;
  readonly desktop: Desktop;
  readonly about: About;
  readonly system: System;
  readonly start: StartReport;
  /** Quits the program. Resolves only when the user cancels. */
  readonly quit: () => Promise<void>;
  /** The view that the window opens with. */
  readonly route: () => Route;
  /** Called when the window shows another view. */
  readonly onNavigated: (route: Route) => void;
  readonly logFile: string;
  readonly owner: string;
}
