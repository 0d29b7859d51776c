import type { AttachmentId } from '../contract.ts';
import type { Drawn } from '../drawing.ts';

/** A drawing of a field: it can be continued until the program ends. */
export interface KeptDrawing extends Drawn {
  /** The picture that was drawn on. */
  readonly baseId: AttachmentId;
  /** The attachment that became of it; null while it was not used. */
  readonly madeId: AttachmentId | null;
}

/** The drawings of this page, by recipe and field. */
export const keptDrawings = new Map<string, KeptDrawing>();
