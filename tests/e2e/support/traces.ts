import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { App } from '../../support/host/app.ts';

/** A place where something could be left behind, and all that is in it. */
export interface Trace {
  readonly place: string;
  readonly text: string;
}

/** Where in `traces` one of the secrets is. Never the secret itself: this lands in reports. */
export const placesOf = (secrets: Iterable<string>, traces: readonly Trace[]): readonly string[] =>
  [...secrets].flatMap((secret, position) =>
    traces.filter(({ text }) => text.includes(secret)).map(({ place }) => `secret ${position + 1} is in ${place}`),
  );

/** Every file below the app's data folder. */
export async function filesOf(app: App): Promise<readonly Trace[]> {
  const folder = join(app.home, 'data');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  try {
    return await Promise.all(files.map(async (path) => ({ place: path, text: await readFile(path, 'latin1') })));
  } catch (failure) {
    // The app is at work, and has given a file its final name since: all of them are looked at anew.
    if ((failure as NodeJS.ErrnoException).code !== 'ENOENT') throw failure;
    return filesOf(app);
  }
}

/** All that went between the page and the app, and what the app printed. */
export async function trafficOf(app: App): Promise<readonly Trace[]> {
  const traffic = await app.control.ipcTraffic();
  return [
    ...traffic.map(({ direction, channel, text }) => ({ place: `${direction} ${channel} ${text.slice(0, 40)}`, text })),
    { place: 'output', text: app.output() },
  ];
}

/** The document as it stands, what is typed into it, what it stores, and every plain value its globals lead to. */
export async function documentOf(page: Page): Promise<Trace> {
  const text = await page.evaluate(() => {
    const seen = new Set<unknown>();
    const found: string[] = [];
    const walk = (value: unknown, depth: number): void => {
      if (typeof value === 'string') found.push(value);
      if (typeof value !== 'object' || value === null || seen.has(value) || depth > 6) return;
      seen.add(value);
      // Elements are serialised with the document.
      if (value instanceof Node) return;
      for (const key of Object.keys(value)) walk(Reflect.get(value, key), depth + 1);
    };
    walk(window, 0);
    return [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
      JSON.stringify(Object.entries(localStorage)),
      JSON.stringify(Object.entries(sessionStorage)),
      document.cookie,
      ...found,
    ].join('\n');
  });
  return { place: 'document', text };
}

/** Every string in the page's memory. */
export async function heapOf(page: Page): Promise<Trace> {
  const cdp = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await cdp.detach();
  return { place: 'heap', text: chunks.join('') };
}
