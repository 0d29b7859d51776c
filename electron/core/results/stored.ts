import type { Artifact } from '../omnitool/schemas.ts';
import type { NewArtifact } from '../store/result-store.ts';

/** A file of a result, before it is on this machine. */
export const toArtifact = ({ fid, list, fileName, mimeType, size, width, height, expires }: Artifact): NewArtifact => ({
  fid,
  list,
  name: fileName,
  mime: mimeType,
  size,
  width,
  height,
  expires,
  problem: null,
});

/** A file the server named in a way that says nothing: shown as missing, so that a result never looks whole when it is not. */
export const unreadableArtifact = (): NewArtifact => ({
  fid: '',
  list: 'files',
  name: 'unknown file',
  mime: 'application/octet-stream',
  size: 0,
  width: null,
  height: null,
  expires: null,
  problem: 'broken',
});
