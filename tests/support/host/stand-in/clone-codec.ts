/**
 * Structured clones as text. Both functions also run inside the page (their source is injected), so they use nothing
 * but what they declare and what every JavaScript realm has.
 */

/** As strict as Electron's IPC: functions, promises, proxies, symbols, DOM objects and files throw. */
export function encodeClone(value: unknown): string {
  const places = new Map<object, number>();
  const table: unknown[] = [];
  const refuse = (what: unknown): never => {
    throw new Error(`An object could not be cloned. (${Object.prototype.toString.call(what)})`);
  };
  const bytesToText = (view: ArrayBufferView): string => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  const entriesOf = (it: object): unknown[] => Object.entries(it).map(([key, part]) => [key, cell(part)]);
  const bodyOf = (it: object): unknown => {
    if (Array.isArray(it)) return ['array', it.length, entriesOf(it)];
    if (it instanceof Date) return ['date', cell(it.getTime())];
    if (it instanceof RegExp) return ['regexp', it.source, it.flags];
    if (it instanceof Map)
      return ['map', [...(it as Map<unknown, unknown>)].map(([key, part]) => [cell(key), cell(part)])];
    if (it instanceof Set) return ['set', [...(it as Set<unknown>)].map(cell)];
    if (it instanceof Error) return ['error', it.name, it.message, it.stack ?? ''];
    if (it instanceof ArrayBuffer) return ['buffer', bytesToText(new Uint8Array(it))];
    if (ArrayBuffer.isView(it)) return ['view', Object.prototype.toString.call(it).slice(8, -1), bytesToText(it)];
    const plain = Object.getPrototypeOf(it) === Object.prototype;
    return plain ? ['object', entriesOf(it)] : refuse(it);
  };
  const cell = (part: unknown): unknown => {
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return part;
    if (part === undefined) return ['undefined'];
    if (typeof part === 'bigint') return ['bigint', String(part)];
    if (typeof part === 'number') {
      return Number.isFinite(part) && !Object.is(part, -0)
        ? part
        : ['number', Object.is(part, -0) ? '-0' : String(part)];
    }
    if (typeof part !== 'object') return refuse(part);
    const known = places.get(part);
    if (known !== undefined) return ['ref', known];
    const place = table.push(null) - 1;
    places.set(part, place);
    table[place] = bodyOf(part);
    return ['ref', place];
  };
  // The engine's own clone decides first what can be cloned and strips prototypes, getters and symbols.
  const cloned = (): unknown => {
    try {
      return structuredClone(value);
    } catch {
      return refuse(value);
    }
  };
  const root = cell(cloned());
  return JSON.stringify([root, table]);
}

export function decodeClone(text: string): unknown {
  const [root, table] = JSON.parse(text) as [unknown, unknown[][]];
  const made = new Map<number, unknown>();
  const views: Record<string, new (buffer: ArrayBuffer) => unknown> = {
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
  }; // prettier-ignore
  const textToBuffer = (base64: unknown): ArrayBuffer =>
    Uint8Array.from(atob(base64 as string), (letter) => letter.charCodeAt(0)).buffer;
  const fill = (it: object, entries: unknown): object => {
    for (const [key, part] of entries as [string, unknown][]) {
      Object.defineProperty(it, key, { value: value(part), writable: true, enumerable: true, configurable: true });
    }
    return it;
  };
  const keep = <T>(place: number, it: T): T => {
    made.set(place, it);
    return it;
  };
  const build = (place: number): unknown => {
    const [kind, first, second, third] = table[place] ?? [];
    if (kind === 'array') return fill(keep(place, new Array(first as number)), second);
    if (kind === 'object') return fill(keep(place, {}), first);
    if (kind === 'date') return keep(place, new Date(value(first) as number));
    if (kind === 'regexp') return keep(place, new RegExp(first as string, second as string));
    if (kind === 'buffer') return keep(place, textToBuffer(first));
    if (kind === 'view') {
      const View = views[first as string] ?? Uint8Array;
      return keep(place, new View(textToBuffer(second)));
    }
    if (kind === 'error') {
      const error = Object.assign(new Error(second as string), { stack: third as string });
      if (first !== 'Error') Object.defineProperty(error, 'name', { value: first, configurable: true, writable: true });
      return keep(place, error);
    }
    if (kind === 'set') {
      const set = keep(place, new Set<unknown>());
      for (const part of first as unknown[]) set.add(value(part));
      return set;
    }
    const map = keep(place, new Map<unknown, unknown>());
    for (const [key, part] of first as [unknown, unknown][]) map.set(value(key), value(part));
    return map;
  };
  const value = (part: unknown): unknown => {
    if (!Array.isArray(part)) return part;
    const [kind, content] = part as [string, unknown];
    if (kind === 'undefined') return undefined;
    if (kind === 'bigint') return BigInt(content as string);
    if (kind === 'number') return Number(content);
    return made.has(content as number) ? made.get(content as number) : build(content as number);
  };
  return value(root);
}

/** What was sent, in letters, so that a spec can look for a secret in it: bytes are read as text too. */
export function readable(value: unknown): string {
  if (value === undefined) return 'undefined';
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part instanceof Map) return ['Map', ...(part as Map<unknown, unknown>)];
    if (part instanceof Set) return ['Set', ...(part as Set<unknown>)];
    if (part instanceof Error) return { name: part.name, message: part.message, stack: part.stack };
    if (part instanceof ArrayBuffer) return new TextDecoder().decode(part);
    if (ArrayBuffer.isView(part)) return new TextDecoder().decode(part);
    return typeof part === 'bigint' ? String(part) : part;
  });
}
