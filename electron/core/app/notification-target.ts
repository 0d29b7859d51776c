import { z } from 'zod';
import { isAnswerCut } from '../../contract/text/runs.ts';
import type { BatchId, ExternalJobId, Route, ProfileId, RunId, RunView } from '../../contract/views.ts';

/**
 * What a notification is about. Its click opens that, also after a restart: `idOf` writes it into the notification's
 * id.
 */
export type NotificationTarget =
  | { readonly kind: 'run'; readonly runId: RunId }
  | { readonly kind: 'batch'; readonly batchId: BatchId }
  | { readonly kind: 'external-job'; readonly externalJobId: ExternalJobId }
  | { readonly kind: 'server'; readonly profileId: ProfileId }
  | { readonly kind: 'settings' }
  | { readonly kind: 'window' };

/**
 * The id of a notification: its kind and its subject. At most 64 characters, the longest tag that Windows takes. Two
 * notifications with one id have the same subject: the newer one replaces the older one on the desktop.
 */
export function idOf(target: NotificationTarget): string {
  switch (target.kind) {
    case 'run':
      return `run.${target.runId}`;
    case 'batch':
      return `batch.${target.batchId}`;
    case 'external-job':
      return `external-job.${target.externalJobId}`;
    case 'server':
      return `server.${target.profileId}`;
    case 'settings':
    case 'window':
      return target.kind;
  }
}

const uuid = z.uuid();

/** Reads an id that the desktop hands back. Null for an id that another version or another program wrote. */
export function targetOf(id: unknown): NotificationTarget | null {
  if (id === 'settings' || id === 'window') return { kind: id };
  if (typeof id !== 'string') return null;
  const dot = id.indexOf('.');
  const payload = uuid.safeParse(id.slice(dot + 1)).data;
  if (payload === undefined) return null;
  switch (id.slice(0, dot)) {
    case 'run':
      return { kind: 'run', runId: payload };
    case 'batch':
      return { kind: 'batch', batchId: payload };
    case 'external-job':
      return { kind: 'external-job', externalJobId: payload };
    case 'server':
      return { kind: 'server', profileId: payload };
    default:
      return null;
  }
}

/** All runs of a batch. */
export type BatchRuns = readonly Pick<RunView, 'id' | 'state' | 'reason'>[];

/**
 * The first run of a batch that failed or whose answer was cut; undefined when there is none. A run that the user
 * stopped does not count.
 */
export const worstOf = (batch: BatchRuns): BatchRuns[number] | undefined =>
  batch.find((run) => isAnswerCut(run) || (run.state !== 'succeeded' && run.state !== 'stopped'));

/** What `routeOf` needs to know when a notification is clicked, possibly days after it was shown. */
export interface RouteFacts {
  hasRun(runId: RunId): boolean;
  batch(batchId: BatchId): BatchRuns;
  /** Whether this server is the active one and needs a new token. */
  needsToken(profileId: ProfileId): boolean;
}

/** The view that a click opens: Activity when its subject no longer exists, null to show the window as it is. */
export function routeOf(target: NotificationTarget, there: RouteFacts): Route | null {
  switch (target.kind) {
    case 'run':
      return resultOr(target.runId, there);
    case 'batch': {
      const batch = there.batch(target.batchId);
      return resultOr((worstOf(batch) ?? batch[0])?.id, there);
    }
    case 'external-job':
      return { view: 'activity', externalJobId: target.externalJobId };
    case 'server':
      return there.needsToken(target.profileId) ? { view: 'connect', renew: true } : { view: 'activity' };
    case 'settings':
      return { view: 'settings' };
    case 'window':
      return null;
  }
}

const resultOr = (runId: RunId | undefined, there: RouteFacts): Route =>
  runId !== undefined && there.hasRun(runId) ? { view: 'result', runId } : { view: 'activity' };
