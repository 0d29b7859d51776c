import { join } from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import { moveAside } from '../core/base/move-aside.ts';

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
export type Bounds = z.output<typeof schema>;

/** Stores where the window was, in a file that is reset when it is broken. */
export function openWindowBounds(folder: string): WindowBounds {
  moveAside(join(folder, 'window.json'), 'file', Date.now());
  const store = new Store({ cwd: folder, name: 'window', clearInvalidConfig: true });
  return {
    read: () => schema.safeParse(store.store).data ?? null,
    write: (bounds) => {
      try {
        store.store = { ...bounds };
      } catch {
        // For instance a full disk. While the window closes, Electron would show the exception in a dialog.
      }
    },
  };
}
