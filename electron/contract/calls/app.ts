import type { AboutView, AppView } from '../views.ts';
import { nothing } from './call.ts';

export const APP_CALLS = {
  'app:view': nothing.gives<AppView>(),
  /** Also asks the keychain whether it works, which may take seconds and may ask the user to unlock it. */
  'app:about': nothing.gives<AboutView>(),
  'app:reveal-data': nothing.gives<null>(),
  'app:reveal-log': nothing.gives<null>(),
} as const;
