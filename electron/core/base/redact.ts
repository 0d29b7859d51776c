/**
 * Removes tokens, cookies and passwords from anything that is logged or reported, wherever they are in a value: by key
 * (`authorization: ...`), by form (anything like a JSON Web Token) and by value (secrets that were registered when they
 * came into this process).
 */

/** Shorter than the shortest secret that can be registered, so that masking always makes a text shorter. */
const MASK = '***';

/** Shorter strings are not masked: masking each "a" would make a log unreadable. In characters. */
const SHORTEST_SECRET = 8;

const DEEPEST = 12;
const LONGEST_TEXT = 16_384;
const LONGEST_LIST = 500;

const SECRET_KEY =
  /^(proxy-?authorization|authorization|auth|set-?cookie|cookies?|session-?id|jwt|.*token|.*password|passwd|.*secret|.*api-?key|private-?key|credentials?|fid)$/;

const SECRET_FORMS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // A JSON Web Token, also a truncated one.
  [/eyJ[\w-]{6,}(?:\.[\w-]*){0,2}/g, MASK],
  [/\b(sessionId=)[^;,\s"']+/gi, `$1${MASK}`],
  [/\b(Bearer|Basic)\s+[^\s"',;]+/gi, `$1 ${MASK}`],
  [/([?&][\w-]*(?:token|key|secret|password)=)[^&#\s"']+/gi, `$1${MASK}`],
  [/\/\/[^\s/@"']+@/g, `//${MASK}@`],
  // A file id opens the file to anyone who has it (wire 5): `98,82et7yirh4`.
  [/\b\d{1,4}(?:,|%2C)[0-9a-z]{10}\b/gi, MASK],
];

/** For the whole process, because every logger must mask every secret. Longest first. */
let secrets: readonly string[] = [];

/** Masks this value from now on, also when it is encoded as in a URL or in JSON. */
export function registerSecret(secret: string): void {
  if (secret.length < SHORTEST_SECRET) return;
  const forms = [secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)];
  secrets = [...new Set([...secrets, ...forms])].sort((a, b) => b.length - a.length);
}

/** A text without its secrets. A very long one is cut after masking. */
export function redactText(text: string): string {
  let masked = withoutSecrets(text);
  for (const [pattern, replacement] of SECRET_FORMS) masked = masked.replace(pattern, replacement);
  // The texts on both sides of a masked part may form a secret together.
  masked = withoutSecrets(masked);
  if (masked.length <= LONGEST_TEXT) return masked;
  return withoutSecrets(`${masked.slice(0, LONGEST_TEXT)}... (${masked.length} characters)`);
}

/** A copy of any value that is safe to log: plain, finite and without secrets. Never throws. */
export function redact(value: unknown): unknown {
  return copy(value, [], 0);
}

function withoutSecrets(text: string): string {
  let masked = text;
  for (let found = secretIn(masked); found !== undefined; found = secretIn(masked)) {
    masked = masked.replaceAll(found, MASK);
  }
  return masked;
}

const secretIn = (text: string): string | undefined => secrets.find((secret) => text.includes(secret));

function copy(value: unknown, above: readonly object[], depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return redactText(value);
    case 'number':
    case 'bigint':
      return secretIn(String(value)) === undefined ? value : MASK;
    case 'symbol':
      return redactText(String(value));
    case 'function':
      return '[function]';
    case 'object':
      return value === null ? null : copyObject(value, above, depth);
    case 'boolean':
    case 'undefined':
      return value;
  }
}

function copyObject(value: object, above: readonly object[], depth: number): unknown {
  if (above.includes(value)) return '[above]';
  if (depth >= DEEPEST) return '[deeper]';
  const next = (part: unknown): unknown => copy(part, [...above, value], depth + 1);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[no date]' : redactText(value.toISOString());
  if (value instanceof URL || value instanceof RegExp) return redactText(String(value));
  if (value instanceof Error) return copyError(value, next);
  if (value instanceof Map)
    return copyEntries(
      [...value].map(([key, item]) => [String(copy(key, above, DEEPEST)), item]),
      next,
    );
  if (value instanceof Set) return copyList([...value], next);
  if (Array.isArray(value)) return copyList(value, next);
  return copyEntries(entriesOf(value), next);
}

function copyList(list: readonly unknown[], next: (part: unknown) => unknown): readonly unknown[] {
  const copied = list.slice(0, LONGEST_LIST).map(next);
  return list.length <= LONGEST_LIST ? copied : [...copied, `[${list.length - LONGEST_LIST} more]`];
}

function copyEntries(
  entries: readonly (readonly [string, unknown])[],
  next: (part: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  const copied = entries
    .slice(0, LONGEST_LIST)
    .map(([key, part]) => [redactText(key), isSecretKey(key) && hasContent(part) ? MASK : next(part)] as const);
  // Not an assignment, because a key may be called __proto__.
  return Object.fromEntries(copied);
}

/** Only these fields of an error are logged: those of HTTP clients hold the request with its headers. */
function copyError(error: Error, next: (part: unknown) => unknown): Readonly<Record<string, unknown>> {
  const named = ['name', 'message', 'stack', 'code', 'syscall', 'cause', 'errors'] as const;
  const parts = named.map((name) => [name, read(error, name)] as const);
  return copyEntries(
    parts.filter(([, part]) => part !== undefined),
    next,
  );
}

const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.keys(value).map((key) => [key, read(value, key)] as const);

function read(value: object, key: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>>)[key];
  } catch {
    // A getter that throws must not keep the rest from being logged.
    return '[unreadable]';
  }
}

const isSecretKey = (key: string): boolean => SECRET_KEY.test(key.toLowerCase().replaceAll('_', '-'));

/** Whether a token exists is useful to know and is not a secret. */
const hasContent = (part: unknown): boolean => part !== null && part !== undefined && typeof part !== 'boolean';
