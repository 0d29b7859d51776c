/** The draft: what was dropped and not yet run. */
import type { AttachmentId, RecipeId } from './ids.ts';

export const ATTACHMENT_KINDS = ['image', 'audio', 'video', 'document', 'json', 'text', 'link'] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

/** Why an attachment cannot be sent. It stays visible until the user removes it. */
export type AttachmentProblem =
  'unreadable' | 'vanished' | 'empty' | 'too-large' | 'folder' | 'not-a-file' | 'image-format' | 'invalid-json';

export interface AttachmentView {
  readonly id: AttachmentId;
  readonly kind: AttachmentKind;
  readonly name: string;
  readonly size: number;
  readonly mime: string | null;
  /** The first words of a text, the address of a link. */
  readonly excerpt: string | null;
  readonly problem: AttachmentProblem | null;
  /** An address the page may show as a picture (`omnitray-artifact://draft/...`); null when there is none. */
  readonly picture: string | null;
}

export interface DraftView {
  readonly attachments: readonly AttachmentView[];
  readonly recipeId: RecipeId | null;
  readonly message: string;
  /** All attachments in one run, or a run for each of them. */
  readonly mode: DraftMode;
}

export type DraftMode = 'together' | 'each';
