import type { AnswerOf, CallName, RequestOf } from '../../../contract/calls.ts';
import type { AboutView, Place, StartTroubleView } from '../../../contract/views.ts';
import type { Core } from '../core.ts';
import type { Desktop } from '../desktop.ts';
import type { System } from '../system.ts';

/** One function a call; it gets the parsed request and never the event. */
export type Handlers = {
  readonly [Name in CallName]: (request: RequestOf<Name>) => Promise<AnswerOf<Name>> | AnswerOf<Name>;
};

/** What failed of this start (StartTroubleView). */
interface StartReport {
  unread(): readonly StartTroubleView[];
  /** The user has read it. */
  read(): void;
}

/** The calls whose names begin with one of these words. */
export type Area<Prefix extends string> = Pick<Handlers, Extract<CallName, `${Prefix}:${string}`>>;

/** What the program says of itself. */
export interface About {
  /** As last known. */
  now(): AboutView;
  /** After asking the keychain whether it works. */
  ask(): Promise<AboutView>;
}

export interface HandlerPorts {
  readonly core: Core;
  readonly desktop: Desktop;
  readonly about: About;
  readonly system: System;
  readonly start: StartReport;
  /** Ends the program; resolves where the user stays. */
  readonly quit: () => Promise<void>;
  /** Where the window should be when it opens. */
  readonly place: () => Place;
  /** Told where the window went. */
  readonly onWent: (place: Place) => void;
  readonly logFile: string;
  readonly owner: string;
}
