import { z } from 'zod';
import type { AboutView, AppView } from '../views.ts';
import { id, nothing, takes } from './call.ts';

export const APP_CALLS = {
  'app:view': nothing.gives<AppView>(),
  /** Also asks the keychain whether it works, which may take seconds and may ask the user to unlock it. */
  'app:about': nothing.gives<AboutView>(),
  /** Where the window is now: a new one begins there. */
  'app:navigated': takes(
    z.discriminatedUnion('view', [
      z.strictObject({ view: z.enum(['launch', 'settings']) }),
      z.strictObject({ view: z.literal('connect'), renew: z.literal(true).optional() }),
      z.strictObject({ view: z.literal('activity'), externalJobId: id.optional() }),
      z.strictObject({ view: z.literal('result'), runId: id }),
    ]),
  ).gives<null>(),
  /** Ends the program, after a question where runs are under way. Answers where the user stays. */
  'app:quit': nothing.gives<null>(),
  /** The user has read what failed of this start: a new window does not say it again. */
  'app:start-read': nothing.gives<null>(),
  'app:reveal-data': nothing.gives<null>(),
  'app:reveal-log': nothing.gives<null>(),
} as const;
