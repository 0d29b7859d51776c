import { z } from 'zod';
import { type NotificationTarget, targetOf } from '../core/app/notification-target.ts';

/** Electron's NotificationResponse; the identifier is the id that the notification was given. */
const notificationResponse = z.object({ identifier: z.string() });

/**
 * The target of the notification whose click started the program, from the argument of `ready`; null for every other
 * start. macOS only: Windows reports the click through `Notification.handleActivation`, and on Linux a notification ends
 * with its program.
 */
export const targetOfLaunch = (launchInfo: unknown): NotificationTarget | null =>
  targetOf(notificationResponse.safeParse(launchInfo).data?.identifier);
