/** The kinds of inputs and outputs. */

/** The kinds of an attachment: what the user dropped, pasted or typed. */
export const ATTACHMENT_KINDS = ['image', 'audio', 'video', 'document', 'json', 'text', 'link'] as const;
/** One of `ATTACHMENT_KINDS`. */
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

/** The kinds that a recipe can take, named as the sockets of the server's chat input block (wire 4). */
export const INPUT_KINDS = ['text', 'images', 'audio', 'video', 'documents', 'json'] as const;
/** One of `INPUT_KINDS`. */
export type InputKind = (typeof INPUT_KINDS)[number];

/** The kinds that a recipe can give, named as the sockets of the server's output block (wire 3). */
export const OUTPUT_KINDS = ['text', 'images', 'audio', 'documents', 'videos', 'files', 'objects'] as const;
/** One of `OUTPUT_KINDS`. */
export type OutputKind = (typeof OUTPUT_KINDS)[number];
