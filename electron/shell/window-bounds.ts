import { join } from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import { moveAside } from '../core/base/move-aside.ts';

export interface Bounds {
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width: number;
  readonly height: number;
}

export interface WindowBounds {
  read(): Bounds | null;
  write(bounds: Bounds): void;
}

const schema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(100_000),
});

/** Where the window was. A file of its own that may reset itself: nobody misses it, unlike the settings. */
export function openWindowBounds(folder: string): WindowBounds {
  moveAside(join(folder, 'window.json'), 'file', Date.now());
  const store = new Store({ cwd: folder, name: 'window', clearInvalidConfig: true });
  return {
    read: () => schema.safeParse(store.store).data ?? null,
    write: (bounds) => {
      try {
        store.store = { ...bounds };
      } catch {
        // A full disk. Thrown while the window closes, it would come up as Electron's own dialog with a stack trace.
      }
    },
  };
}
