import { z } from 'zod';
import type { RunId } from '../contract/views.ts';

/** Electron's NotificationResponse; the identifier is the id that the notice was given. */
const notificationResponse = z.object({ identifier: z.uuid() });

/**
 * The run whose notice started the program by its click, from what comes with `ready`; null for every other start.
 * macOS only: Windows tells it through `Notification.handleActivation`, on Linux no notice outlives its program.
 */
export const runOfLaunch = (launchInfo: unknown): RunId | null =>
  notificationResponse.safeParse(launchInfo).data?.identifier ?? null;
