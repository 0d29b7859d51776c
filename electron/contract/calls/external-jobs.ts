import { z } from 'zod';
import type { RunView } from '../views.ts';
import { id, takes } from './call.ts';

export const EXTERNAL_JOBS_CALLS = {
  /** Makes a run of this computer of an ended external job, with its result. */
  'external-jobs:open': takes(z.strictObject({ externalJobId: id })).gives<RunView>(),
} as const;
