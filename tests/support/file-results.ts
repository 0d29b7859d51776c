import { json, type ScriptedServer } from './scripted-server.ts';

/** A file that a job is said to have made. */
export interface ResultFile {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the result says its size is, where that is not the truth. Bytes. */
  readonly claimed?: number;
}

export const RESULTS = 'GET /api/v1/workflow/results';
/** The route of the nth file. */
export const fileRoute = (index: number): string => `GET /fid/file-${index}`;

/** Has every job of a server give these files, whatever its recipe does. Each is served without an announced length. */
export function giveFiles(server: ScriptedServer, files: readonly ResultFile[]): void {
  const stored = files.map(({ name, content, claimed }, index) => ({
    fid: `file-${index}`,
    fileName: name,
    size: claimed ?? Buffer.byteLength(content),
    mimeType: 'application/octet-stream',
  }));
  server.on(RESULTS, json(200, { job: {}, text: [], objects: [], artifacts: { documents: stored } }));
  files.forEach(({ content }, index) =>
    server.on(fileRoute(index), (response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(content);
    }),
  );
}
