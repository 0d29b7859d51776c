/** One stored file as the server describes it, with its fields in the server's order (wire 5). */
export interface FileRecord {
  /** Two digits, a comma, ten characters. Every client that knows it may read the file. */
  readonly fid: string;
  readonly ticket: { readonly fid: string; readonly count: 1; readonly url: string; readonly publicUrl: string };
  readonly fileName: string;
  readonly size: number;
  readonly url: string;
  readonly mimeType: string;
  /** Milliseconds since 1970; `NEVER` for a permanent file. */
  readonly expires: number;
  readonly meta: FileMeta;
  readonly furl: string;
  readonly fileType: FileType;
}

/** The kinds of files that the server distinguishes. */
export type FileType = 'image' | 'audio' | 'video' | 'document' | 'file';

interface FileMeta {
  /** For images only, like height, width and type. */
  readonly nsfw?: { readonly status: 'disabled'; readonly reason: string };
  readonly created: number;
  readonly height?: number;
  readonly width?: number;
  readonly type?: string;
}

/** The `expires` of a permanent file. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** The file as `?obj=true` shows it: without `expires` (wire 5). */
export function withoutExpiry(record: FileRecord): Omit<FileRecord, 'expires'> {
  const { fid, ticket, fileName, size, url, mimeType, meta, furl, fileType } = record;
  return { fid, ticket, fileName, size, url, mimeType, meta, furl, fileType };
}

/** The file as results and chat messages show it: with `expires` last (wire 7, 9.4). */
export const asArtifact = (record: FileRecord): Omit<FileRecord, 'expires'> & { readonly expires: number } => ({
  ...withoutExpiry(record),
  expires: record.expires,
});
