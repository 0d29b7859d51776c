import { z } from 'zod';
import type { NotificationTarget } from '../core/app/notification-target.ts';
import { targetOf } from '../core/app/notification-target.ts';

/** Electron's NotificationResponse; the identifier is the id that the notification was given. */
const notificationResponse = z.object({ identifier: z.string() });

/**
 * What the notification was about that started the program by its click, from what comes with `ready`; null for every
 * other start. macOS only: Windows tells it through `Notification.handleActivation`, on Linux no notification outlives
 * its program.
 */
export const targetOfLaunch = (launchInfo: unknown): NotificationTarget | null =>
  targetOf(notificationResponse.safeParse(launchInfo).data?.identifier);
