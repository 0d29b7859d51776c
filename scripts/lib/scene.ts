import { join } from 'node:path';
import { expect as expectWithin } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { FaultProxy } from '../../tests/support/fault-proxy.ts';
import type { App } from '../../tests/support/host/app.ts';

/** One start of the app with its server, for a group of screenshots. */
export interface Scene {
  readonly app: App;
  readonly page: Page;
  readonly faults: FaultProxy;
  readonly token: string;
  /** A folder for files that a scene makes. */
  readonly scratch: string;
  /** Takes a screenshot, light and dark. */
  readonly shoot: (name: string) => Promise<void>;
}

/** `expect` with a timeout that is long enough for a busy machine. */
export const expect = expectWithin.configure({ timeout: 30_000 });

/** The path of one of the app's samples. */
export const sample = (name: string): string => join(import.meta.dirname, '../../resources/samples', name);
