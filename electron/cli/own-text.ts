import { Socket } from 'node:net';
import type { RecipeView } from '../contract/views.ts';
import type { Attachment } from '../core/model/attachment.ts';
import type { Output } from './output.ts';

/** Says what runs when no text is sent: the one that the recipe holds itself. Text that is piped in is not read for it. */
export function sayOwnText(output: Output, { shape }: RecipeView, attachments: readonly Attachment[]): void {
  if (shape?.ownText === undefined || attachments.some(({ text }) => text !== null)) return;
  output.note(`Runs with the recipe's own text: ${shape.ownText}`);
  if (isPiped()) output.note('Text that is piped in is not read; -m - sends it as the message.');
}

/** Whether standard input is a pipe. */
const isPiped = (): boolean => process.stdin instanceof Socket && !process.stdin.isTTY;
