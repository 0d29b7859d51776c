import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { SIZE_LIMIT } from '../http/body.ts';
import type { FileRecord } from './file-record.ts';
import type { FileStore } from './file-store.ts';

/** The most parts of one form (wire 5). */
const PART_LIMIT = 1_000;

/** A form that the server refuses: a file over 32 MiB, or more than 1,000 parts. */
export class RefusedUpload extends Error {}

/**
 * Writes the files of a multipart form to disk, in their order. `storageType=permanent` applies to the files after it.
 * Returns the complete files: none for a form without files, and usually none for one that is cut off (wire 5).
 * Throws `RefusedUpload`, and an error for a body that is not a form.
 */
export async function storeUpload(request: IncomingMessage, files: FileStore): Promise<readonly FileRecord[]> {
  const form = new Busboy({
    headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
    limits: { fileSize: SIZE_LIMIT, parts: PART_LIMIT },
    isPartAFile: (_field, _type, fileName) => fileName !== undefined,
  });
  const streams: BusboyFileStream[] = [];
  const stored: Promise<FileRecord | null>[] = [];
  let permanent = false;
  const limit = { passed: false };
  form.on('field', (name, value) => {
    if (name === 'storageType') permanent = value === 'permanent';
  });
  form.on('file', (_field, stream, fileName) => {
    streams.push(stream);
    stored.push(storeOne(stream, fileName, permanent, files));
  });
  form.on('partsLimit', () => (limit.passed = true));

  try {
    await parse(request, form);
  } finally {
    // After a complete form all parts have ended. After a broken one, open parts would never end.
    for (const stream of streams) if (!stream.readableEnded) stream.destroy();
  }
  const records = await settled(stored);
  if (limit.passed) throw new RefusedUpload(`A form may have ${PART_LIMIT} parts.`);
  return records.filter((record) => record !== null);
}

/** Resolves when the form was read to its end, complete or cut off. Rejects when the client disconnected. */
function parse(request: IncomingMessage, form: BusboyInstance): Promise<void> {
  return new Promise((resolve, reject) => {
    form.on('finish', () => resolve());
    form.on('error', () => {
      request.unpipe(form);
      request.resume();
      resolve();
    });
    request.on('error', reject);
    request.pipe(form);
  });
}

/** Waits for all; then throws the error of the first that failed. */
async function settled<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Stores one part; null if it broke off. */
async function storeOne(
  stream: BusboyFileStream,
  fileName: string,
  permanent: boolean,
  files: FileStore,
): Promise<FileRecord | null> {
  const draft = files.draftPath();
  try {
    await pipeline(stream, createWriteStream(draft));
  } catch (problem) {
    await rm(draft, { force: true });
    const isDisk = problem instanceof Error && 'errno' in problem;
    if (isDisk) throw problem;
    return null;
  }
  if (stream.truncated) {
    await rm(draft, { force: true });
    throw new RefusedUpload('A file may have 32 MiB.');
  }
  return files.take(draft, { naming: { by: 'name', name: fileName }, permanent, tags: ['upload'] });
}
