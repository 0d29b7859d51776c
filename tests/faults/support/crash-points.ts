/**
 * Imported before the rest of a program: from `arm` on, every write to the database, every step of a request and every
 * step of writing an artifact is a point where the process can be made to end, the hard way.
 */
import diagnostics from 'node:diagnostics_channel';
import fs from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, sep } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { RUN_STATES } from '../../../electron/contract/views.ts';
import { type CrashEnd, type CrashPoint, nameOf } from './crash-point.ts';
import { losePower, madeName, movedName, savedBytes, savedNames, wroteBytes } from './power.ts';

const seen: CrashPoint[] = [];
const counts = new Map<string, number>();
let armed = false;
let deadly: string | null = null;
let folder = '';
let takesPower = false;

/** Begins to count, of files only those below `artifacts`; the process ends as `end` says at `point`, or never. */
export function arm(artifacts: string, point: string | null, end: CrashEnd): void {
  armed = true;
  folder = artifacts;
  deadly = point;
  takesPower = end === 'power cut';
}

/** All points so far, in their order. */
export const pointsSeen = (): readonly CrashPoint[] => seen;

/** Counts a point; true when the process has to end here. Whoever asks may still do the half of something first. */
function isReached(what: string, when: CrashPoint['when']): boolean {
  if (!armed) return false;
  const key = `${what} ${when}`;
  const nth = (counts.get(key) ?? 0) + 1;
  counts.set(key, nth);
  const point = { what, when, nth };
  seen.push(point);
  return nameOf(point) === deadly;
}

function die(): void {
  if (takesPower) losePower();
  process.kill(process.pid, 'SIGKILL');
}

function reach(what: string, when: CrashPoint['when']): void {
  if (isReached(what, when)) die();
}

// ---- the database

const WRITE =
  /^\s*(INSERT)(?: OR \w+)? INTO (\w+)|^\s*(UPDATE)(?: OR \w+)? (\w+)\s+SET\s+(\w+)|^\s*(DELETE) FROM (\w+)/i;

function statementName(sql: string, values: readonly unknown[]): string | null {
  const [, insert, into, update, table, column, remove, from] = WRITE.exec(sql) ?? [];
  if (insert !== undefined) return `sql INSERT ${into ?? ''}`;
  if (remove !== undefined) return `sql DELETE ${from ?? ''}`;
  if (update === undefined) return null;
  const state = column === 'state' ? RUN_STATES.find((each) => each === values[0]) : undefined;
  return `sql UPDATE ${table ?? ''} ${column ?? ''}${state === undefined ? '' : ` = ${state}`}`;
}

function betweenPoints<Value>(what: string | null, act: () => Value): Value {
  if (what === null) return act();
  reach(what, 'before');
  const value = act();
  reach(what, 'after');
  return value;
}

type Method = (this: unknown, ...args: readonly unknown[]) => unknown;

function replace(owner: object, name: string, make: (plain: Method) => Method): void {
  Reflect.set(owner, name, make(Reflect.get(owner, name) as Method));
}

replace(
  DatabaseSync.prototype,
  'exec',
  (plain) =>
    function (sql) {
      const verb = /^\s*(BEGIN|COMMIT|ROLLBACK)/i.exec(String(sql))?.[1];
      return betweenPoints(verb === undefined ? statementName(String(sql), []) : `sql ${verb}`, () =>
        plain.call(this, sql),
      );
    },
);
for (const name of ['run', 'get', 'all']) {
  replace(
    StatementSync.prototype,
    name,
    (plain) =>
      function (...values) {
        const sql = this instanceof StatementSync ? this.sourceSQL : '';
        return betweenPoints(statementName(sql, values), () => plain.call(this, ...values));
      },
  );
}

// ---- requests

const routeOf = ({ method, path }: ClientRequest): string =>
  `http ${method} ${path
    .replace(/\?.*/s, '')
    .replace(/^\/fid\/.+/, '/fid/:fid')
    .replace(/\/[0-9a-f-]{36}$/, '/:id')}`;

diagnostics.subscribe('http.client.request.created', (message) => {
  const { request } = message as { readonly request: ClientRequest };
  const route = routeOf(request);
  reach(route, 'before');
  request.once('finish', () => reach(route, 'sent'));
  request.once('response', (response: IncomingMessage) => {
    reach(route, 'head');
    response.once('end', () => reach(route, 'after'));
  });
});

// ---- files

/** Open files: what they are called here, and where they lie. */
const files = new Map<unknown, { readonly file: string; readonly path: string }>();

function fileName(path: unknown): string | null {
  if (typeof path !== 'string' || !path.startsWith(folder + sep)) return null;
  return path.endsWith('.part') ? 'part' : 'artifact';
}

/** A function of `node:fs` that tells its end to its last argument. */
function withCallback(
  name: 'open' | 'write' | 'writev' | 'fsync' | 'close',
  fileOf: (first: unknown) => string | null,
): void {
  replace(
    fs,
    name,
    (plain) =>
      function (...args) {
        const file = armed ? fileOf(args[0]) : null;
        const done = args.at(-1);
        if (file === null || typeof done !== 'function') return plain.call(this, ...args);
        const what = `file ${name} ${file}`;
        reach(what, 'before');
        if (name === 'write' && isReached(what, 'half')) tear(args[0], args[1]);
        return plain.call(this, ...args.slice(0, -1), (failure: unknown, ...rest: readonly unknown[]) => {
          if (failure === null) remember(name, name === 'open' ? rest[0] : args[0], args[0], file);
          reach(what, 'after');
          Reflect.apply(done, undefined, [failure, ...rest]);
        });
      },
  );
}

/** What is on the disk for good, and what is not. */
function remember(name: string, descriptor: unknown, first: unknown, file: string): void {
  if (name === 'open') {
    files.set(descriptor, { file, path: String(first) });
    madeName(String(first));
  }
  const path = files.get(descriptor)?.path ?? '';
  if (name === 'write' || name === 'writev') wroteBytes(path);
  if (name === 'fsync') savedBytes(path);
  if (name === 'close') files.delete(descriptor);
}

/** Half of the bytes reach the file, and no more ever do. */
function tear(descriptor: unknown, bytes: unknown): void {
  if (typeof descriptor === 'number' && bytes instanceof Uint8Array)
    fs.writeSync(descriptor, bytes.subarray(0, bytes.byteLength / 2));
  die();
}

withCallback('open', fileName);
for (const name of ['write', 'writev', 'fsync', 'close'] as const)
  withCallback(name, (descriptor) => files.get(descriptor)?.file ?? null);

for (const name of ['mkdir', 'rename', 'rm', 'unlink', 'writeFile', 'copyFile'] as const) {
  replace(
    fs.promises,
    name,
    (plain) =>
      async function (...args) {
        const file = fileName(args[0]);
        if (file === null) return plain.call(this, ...args);
        const what = `file ${name} ${file}`;
        reach(what, 'before');
        const value = await plain.call(this, ...args);
        if (name === 'rename') movedName(String(args[0]), String(args[1]));
        if (name === 'mkdir' && typeof value === 'string') madeName(value);
        reach(what, 'after');
        return value;
      },
  );
}

/** Folders are opened to be flushed, and for nothing else. */
replace(
  fs.promises,
  'open',
  (plain) =>
    async function (...args) {
      const handle = (await plain.call(this, ...args)) as fs.promises.FileHandle;
      const path = String(args[0]);
      if (!armed || !isFolder(path)) return handle;
      const sync = handle.sync.bind(handle);
      handle.sync = async () => {
        reach('file fsync folder', 'before');
        await sync();
        savedNames(path);
        reach('file fsync folder', 'after');
      };
      return handle;
    },
);

const isFolder = (path: string): boolean =>
  (path + sep).startsWith(dirname(folder) + sep) && fs.statSync(path).isDirectory();

syncBuiltinESMExports();
