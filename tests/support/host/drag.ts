import type { Locator, Page } from '@playwright/test';
import { statSync } from 'node:fs';
import { basename } from 'node:path';

/** A place in a page: a selector or locator (its middle), or a point in CSS pixels. */
export type Point = string | Locator | { readonly x: number; readonly y: number };

export type Dragged = { readonly files: readonly string[] } | { readonly text: string } | { readonly link: string };

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
async function drag(
  page: Page,
  dragged: Dragged,
  steps: (step: (type: Step['type'], at: Step['at']) => Promise<void>) => Promise<void>,
): Promise<void> {
  const data = {
    items: itemsOf(dragged),
    ...('files' in dragged ? { files: [...dragged.files] } : {}),
    dragOperationsMask: ANY_OPERATION,
  };
  const cdp = await page.context().newCDPSession(page);
  try {
    await steps(async (type, at) => {
      await cdp.send('Input.dispatchDragEvent', { type, ...at, data });
    });
  } finally {
    await cdp.detach();
  }
}

function itemsOf(dragged: Dragged): { readonly mimeType: string; readonly data: string }[] {
  if ('text' in dragged) return [{ mimeType: 'text/plain', data: dragged.text }];
  return 'link' in dragged ? [{ mimeType: 'text/uri-list', data: dragged.link }] : [];
}

/** Comes in and goes to the place, which may move as the page answers what comes in. */
async function bringTo(page: Page, where: Point, step: (type: Step['type'], at: Step['at']) => Promise<void>) {
  await step('dragEnter', await pointOf(page, 'body'));
  const at = await pointOf(page, where);
  // A real one tells of itself again and again; the first time only says that it came to another element.
  await step('dragOver', at);
  await step('dragOver', at);
  return at;
}

/** Comes in, stays over the place, and is not let go. */
export async function dragOver(page: Page, where: Point, dragged: Dragged): Promise<void> {
  await drag(page, dragged, async (step) => {
    await bringTo(page, where, step);
  });
}

/** Takes what is over the page out of it again. */
export async function dragLeave(page: Page): Promise<void> {
  await drag(page, { files: [] }, async (step) => {
    await step('dragOver', OUTSIDE);
    await step('dragCancel', OUTSIDE);
  });
}

export async function drop(page: Page, where: Point, dragged: Dragged): Promise<void> {
  await drag(page, dragged, async (step) => step('drop', await bringTo(page, where, step)));
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
