import type { Locator, Page } from '@playwright/test';
import { statSync } from 'node:fs';
import { basename } from 'node:path';

/** A place in a page: a selector or locator (its middle), or a point in CSS pixels. */
export type Point = string | Locator | { readonly x: number; readonly y: number };

export type Dragged = { readonly files: readonly string[] } | { readonly text: string };

interface Step {
  readonly type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel';
  readonly at: { readonly x: number; readonly y: number };
}

/** Copy, link and move are all allowed, as file managers do. */
const ANY_OPERATION = 1 | 2 | 16;

/** Where no page is. */
const OUTSIDE = { x: -5, y: -5 };

async function pointOf(page: Page, where: Point): Promise<Step['at']> {
  if (typeof where === 'object' && 'x' in where) return where;
  const box = await (typeof where === 'string' ? page.locator(where) : where).boundingBox();
  if (box === null) throw new Error('There is nothing to drop on: the element is not visible.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A drag from outside, through the browser's own input path: the page gets real `File` objects. */
async function drag(page: Page, dragged: Dragged, steps: readonly Step[]): Promise<void> {
  const data = {
    items: 'text' in dragged ? [{ mimeType: 'text/plain', data: dragged.text }] : [],
    ...('files' in dragged ? { files: [...dragged.files] } : {}),
    dragOperationsMask: ANY_OPERATION,
  };
  const cdp = await page.context().newCDPSession(page);
  try {
    for (const { type, at } of steps) await cdp.send('Input.dispatchDragEvent', { type, ...at, data });
  } finally {
    await cdp.detach();
  }
}

/** Comes in, stays over the place, and is not let go. */
export async function dragOver(page: Page, where: Point, dragged: Dragged): Promise<void> {
  const at = await pointOf(page, where);
  await drag(page, dragged, [
    { type: 'dragEnter', at },
    { type: 'dragOver', at },
  ]);
}

/** Takes what is over the page out of it again. */
export async function dragLeave(page: Page): Promise<void> {
  await drag(page, { files: [] }, [
    { type: 'dragOver', at: OUTSIDE },
    { type: 'dragCancel', at: OUTSIDE },
  ]);
}

export async function drop(page: Page, where: Point, dragged: Dragged): Promise<void> {
  const at = await pointOf(page, where);
  await drag(page, dragged, [
    { type: 'dragEnter', at },
    { type: 'dragOver', at },
    { type: 'drop', at },
  ]);
}

/**
 * How the stand-in tells dropped files apart: by what a page can see of them. Two files of one name, size and time in
 * one drop are the same file to it.
 */
export function fileKeys(paths: readonly string[]): readonly (readonly [key: string, path: string])[] {
  return paths.map((path) => {
    // A page sees whole milliseconds, cut off and not rounded.
    const { size, mtimeMs } = statSync(path, { bigint: true });
    return [`${basename(path)}|${String(size)}|${String(mtimeMs)}`, path] as const;
  });
}
