/** The scheme of files that the page loads; shell/protocol.ts serves it. */
export const ARTIFACT_SCHEME = 'omnitray-artifact';

/** What the page can load: a file of a result, a sent input, a picture of a recipe or of the draft. */
export type ArtifactArea = 'result' | 'input' | 'recipe' | 'draft';

/** The address of such a file. It has only ids and positions, never a path or a file id of the server. */
export const artifactAddress = (area: ArtifactArea, ...parts: readonly (string | number)[]): string =>
  `${ARTIFACT_SCHEME}://${area}/${parts.map(encodeURIComponent).join('/')}`;
