import { z } from 'zod';
import type { AboutView, AppView } from '../views.ts';
import { id, nothing, takes } from './call.ts';

export const APP_CALLS = {
  'app:view': nothing.gives<AppView>(),
  /** Also probes the keychain, which may take seconds and may ask the user to unlock it. */
  'app:about': nothing.gives<AboutView>(),
  /** Reports the route that the window shows; a new window opens with it. */
  'app:navigated': takes(
    z.discriminatedUnion('view', [
      z.strictObject({ view: z.literal('settings') }),
      z.strictObject({ view: z.literal('launch'), focus: z.literal('run').optional() }),
      z.strictObject({ view: z.literal('connect'), renew: z.literal(true).optional() }),
      z.strictObject({ view: z.literal('activity'), externalJobId: id.optional() }),
      z.strictObject({ view: z.literal('batch'), batchId: id }),
      z.strictObject({ view: z.literal('result'), runId: id }),
    ]),
  ).gives<null>(),
  /** Quits the program. Asks first when runs are in progress. Answers only when the user cancels. */
  'app:quit': nothing.gives<null>(),
  /** The user has read the failures of this start: a new window does not show them again. */
  'app:start-read': nothing.gives<null>(),
  'app:reveal-data': nothing.gives<null>(),
  'app:reveal-log': nothing.gives<null>(),
} as const;
