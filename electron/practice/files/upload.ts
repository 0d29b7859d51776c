import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { SIZE_LIMIT } from '../http/body.ts';
import type { FileRecord } from './file-record.ts';
import type { FileStore } from './file-store.ts';

/** The most parts one form may have (wire 5). */
const PART_LIMIT = 1_000;

/** A form the server does not take: a file over 32 MiB, or more than 1,000 parts. */
export class RefusedUpload extends Error {}

/**
 * Stores the files of a multipart form, in their order, straight to disk. `storageType=permanent` counts for the files
 * after it. A form without files, or cut off, gives what was whole: usually nothing (wire 5).
 * Throws `RefusedUpload`, and an error for a body that is no form at all.
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
    // After a whole form every part has ended; after a broken one, those still open never will by themselves.
    for (const stream of streams) if (!stream.readableEnded) stream.destroy();
  }
  const records = await settled(stored);
  if (limit.passed) throw new RefusedUpload(`A form may have ${PART_LIMIT} parts.`);
  return records.filter((record) => record !== null);
}

/** Resolves when the form was read to its end, be it whole or cut off; rejects when the client went away. */
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

/** All of them, after the last has ended; throws what the first failed one threw. */
async function settled<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** null: the part broke off. */
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
  return files.take(draft, { naming: { by: 'name', name: fileName }, permanent });
}
