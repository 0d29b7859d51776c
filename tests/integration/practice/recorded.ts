/** The exchanges recorded with a real server, where they lie beside the project (never part of it). */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '../../../../shared/recorded');

export interface Part {
  readonly name: string;
  readonly value?: string;
  readonly filename?: string;
  readonly type?: string;
  readonly base64?: string;
}

export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | { readonly multipart: readonly Part[] };
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly bodyBase64?: string;
    readonly socket?: { readonly head: string; readonly bodyBytes: number };
  };
}

/** Why tests that need the recordings are left out; null where they are here. */
export const RECORDINGS_LACK = existsSync(join(FOLDER, 'README.md'))
  ? null
  : 'exchanges recorded with a real server are not here';

/** Typed as the folder's README describes its files. */
export const exchanges = (name: string): readonly Exchange[] =>
  (JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as { exchanges: readonly Exchange[] }).exchanges;

/** A stream as received. */
export const streamText = (name: string): string => readFileSync(join(FOLDER, `${name}.txt`), 'utf8');

/** Names whose values say what something is; everything else is reduced to its type. */
const TELLING = new Set(['type', 'event', 'state', 'node_id', 'nodeId', 'activeNode', 'status', 'success', 'errors']);

/** What a value is made of: keys in their order, types, and the values of telling keys. */
export function shape(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => shape(item, key));
  if (value instanceof Error) return 'Error';
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([name, item]) => [name, shape(item, name)]);
  }
  return TELLING.has(key) || value === null ? value : typeof value;
}
