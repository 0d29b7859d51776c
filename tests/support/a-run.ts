import type { RunIn } from '../../electron/core/runs/run.ts';

/** A run as `newRun` makes it, to be changed by a test. */
export const aRun = (): RunIn<'queued'> => ({
  id: '00000000-0000-4000-8000-000000000001',
  profileId: 'profile-1',
  origin: 'http://127.0.0.1:1688',
  serverName: 'Home server',
  recipeId: 'recipe-1',
  recipeName: 'Summarise',
  takes: ['text', 'documents'],
  message: '',
  state: 'queued',
  since: 1_000,
  reason: null,
  reasonDetail: null,
  createdAt: 1_000,
  startedAt: null,
  endedAt: null,
  jobId: null,
  outcome: null,
  stopRequested: false,
  unseen: false,
  owner: 'app',
  inputs: [],
});
