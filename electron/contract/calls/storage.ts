import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import type { OldRunsView, RemovedRunsView, StorageView } from '../views.ts';
import { nothing, takes } from './call.ts';

/** null: of any age. */
const olderThan = z.strictObject({ days: z.int().min(1).max(LIMITS.days, 'days').nullable() });

export const STORAGE_CALLS = {
  /** Measures the folders, which takes a moment with many results. */
  'storage:view': nothing.gives<StorageView>(),
  'storage:old-runs': takes(olderThan).gives<OldRunsView>(),
  /** Removes ended runs with their files, without favourites. */
  'storage:remove-old-runs': takes(olderThan).gives<RemovedRunsView>(),
  /** Removes every ended run with its files, favourites too. It cannot be undone. Answers their number. */
  'storage:clear-history': nothing.gives<{ readonly runs: number }>(),
} as const;
