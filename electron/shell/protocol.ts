import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { parseByteRange } from '../core/export/byte-range.ts';
import { ARTIFACT_SCHEME } from '../contract/artifact-address.ts';
import { type UserFile, userFiles } from '../core/user-files/user-files.ts';
import { UI_ORIGIN, UI_SCHEME } from './security.ts';

/** Bytes that are read at a time. */
const CHUNK = 262_144;

/** The page may load only its own files, and pictures and media from this machine. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  // `blob:`: pictures that the page itself draws (lib/to-png.ts).
  `img-src 'self' blob: ${ARTIFACT_SCHEME}:`,
  `media-src ${ARTIFACT_SCHEME}:`,
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // DOMPurify parses HTML under its own policy. The last policy allows the script of the PDF worker and nothing else.
  'trusted-types svelte-trusted-html dompurify omnitray-pdf-worker',
].join('; ');

const PAGE_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must be called before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: UI_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    { scheme: ARTIFACT_SCHEME, privileges: { standard: true, secure: true, stream: true } },
  ]);
}

/** Serves the built page from `folder`, and nothing outside of it. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(UI_SCHEME, async (request) => {
    const url = new URL(request.url);
    const path = normalize(join(folder, decodeURIComponent(url.pathname)));
    const type = PAGE_TYPES[extname(path)];
    if (`${url.protocol}//${url.host}` !== UI_ORIGIN || !path.startsWith(folder + sep) || type === undefined) {
      return notFound();
    }
    try {
      return new Response(await readFile(path), {
        headers: {
          'content-type': type,
          'content-security-policy': PAGE_POLICY,
          'x-content-type-options': 'nosniff',
          'cross-origin-opener-policy': 'same-origin',
          'referrer-policy': 'no-referrer',
        },
      });
    } catch {
      // Every reason means the same to the page: there is no such file.
      return notFound();
    }
  });
}

export interface ServedFile {
  readonly path: string;
  readonly mime: string;
}

/** Serves artifacts and pictures of dropped files. `find` maps an address to a file, because an address holds no path. */
export function serveArtifacts(session: Session, find: (url: string) => Promise<ServedFile | null>): void {
  session.protocol.handle(ARTIFACT_SCHEME, async (request) => {
    const file = await find(request.url);
    if (file === null) return notFound();
    try {
      return await fileResponse(file, request.headers.get('range'));
    } catch {
      // Deleted by hand, or on a drive that does not answer.
      return notFound();
    }
  });
}

/** Responds with a file, or with a part of it: media needs parts to seek (platform N5). */
async function fileResponse(served: ServedFile, rangeHeader: string | null): Promise<Response> {
  const file = await userFiles.open(served.path);
  const { size } = file.facts;
  const range = parseByteRange(rangeHeader, size);
  // The sandbox keeps a file of a server from running as a document with the rights of this origin.
  const headers: Record<string, string> = {
    'content-type': served.mime,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
  if (range === 'unsatisfiable' || size === 0) await file.close();
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  headers['content-length'] = String(end - start + 1);
  if (range !== null) headers['content-range'] = `bytes ${start}-${end}/${size}`;
  return new Response(size === 0 ? null : partOf(file, start, end), { status: range === null ? 200 : 206, headers });
}

/** Streams the bytes from `start` to `end`, inclusive, and closes the file. */
function partOf(file: UserFile, start: number, end: number): ReadableStream {
  let position = start;
  return new ReadableStream(
    {
      pull: async (controller) => {
        try {
          const part = await file.read(position, new ArrayBuffer(Math.min(CHUNK, end + 1 - position)));
          position += part.byteLength;
          if (part.byteLength > 0) controller.enqueue(part);
          if (part.byteLength > 0 && position <= end) return;
        } catch (failure) {
          await file.close();
          throw failure;
        }
        await file.close();
        controller.close();
      },
      cancel: () => file.close(),
    },
    // Reads only on demand.
    { highWaterMark: 0 },
  );
}

const notFound = (): Response => new Response(null, { status: 404 });
