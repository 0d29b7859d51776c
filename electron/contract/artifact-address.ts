/** The scheme under which the page loads files of OmniTray; shell/protocol.ts serves it. */
export const ARTIFACT_SCHEME = 'omnitray-artifact';

/** What the page may load: a file of a result, an input that was sent, a picture of a recipe or of a draft. */
export type ArtifactArea = 'result' | 'input' | 'recipe' | 'draft';

/** The address of such a file: only ids and positions, never a path or a file id of the server. */
export const artifactAddress = (area: ArtifactArea, ...parts: readonly (string | number)[]): string =>
  `${ARTIFACT_SCHEME}://${area}/${parts.map(encodeURIComponent).join('/')}`;
