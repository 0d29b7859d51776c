import { join } from 'node:path';
import { expect as expectWithin } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { FaultProxy } from '../../tests/support/fault-proxy.ts';
import type { App } from '../../tests/support/host/app.ts';

/** One start of the app with its server, and the pictures taken of it. */
export interface Scene {
  readonly app: App;
  readonly page: Page;
  readonly faults: FaultProxy;
  readonly token: string;
  /** A folder for files that are made up for the pictures. */
  readonly scratch: string;
  /** Takes what is on screen, light and dark. */
  readonly shoot: (name: string) => Promise<void>;
}

/** Waits long enough for a machine that does other work at the same time. */
export const expect = expectWithin.configure({ timeout: 30_000 });

/** The path of one of the samples that come with the app. */
export const sample = (name: string): string => join(import.meta.dirname, '../../resources/samples', name);
