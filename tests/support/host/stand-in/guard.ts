import { EventEmitter } from 'node:events';
import { report } from './link.ts';

const proxies = new WeakMap<object, object>();

/** Asked of every object by Node, promises, consoles and test tools; not having it is an answer. */
const ASKED_OF_ALL = new Set(['then', 'toJSON', 'inspect', 'nodeType', 'asymmetricMatch', '__esModule']);

/** Works on destroyed objects in Electron too: they live on the JavaScript side. */
const WORKS_WHEN_DEAD = new Set([
  ...['isDestroyed', 'constructor', 'id', 'on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners'],
  ...['emit', 'listenerCount', 'listeners', 'eventNames'],
]);

/** The app's view of an object of the stand-in. */
export function guarded<T extends object>(raw: T): T {
  return (proxies.get(raw) ?? raw) as T;
}

function unknown(name: string): never {
  const text = `The stand-in does not know ${name}.`;
  report(text);
  throw new Error(text);
}

/**
 * The object as the app gets it: a member that the stand-in does not have throws, so nothing passes by omission, and
 * after its end an object throws as Electron's do. Methods run on the object itself.
 */
export function guard<T extends object>(name: string, raw: T, isAlive: () => boolean = () => true): T {
  const proxy = new Proxy(raw, {
    get(target, key): unknown {
      if (!(key in target))
        return typeof key === 'symbol' || ASKED_OF_ALL.has(key) ? undefined : unknown(`${name}.${key}`);
      if (typeof key === 'string' && !WORKS_WHEN_DEAD.has(key) && !isAlive())
        throw new TypeError('Object has been destroyed');
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || key === 'constructor') return value;
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, args);
        return typeof answer === 'object' && answer !== null ? guarded(answer) : answer;
      };
    },
    set(target, key, value): boolean {
      if (!(key in target)) unknown(`${name}.${String(key)} (set)`);
      return Reflect.set(target, key, value, target);
    },
  });
  proxies.set(raw, proxy);
  return proxy;
}

/** A class as the app gets it: what it makes is guarded, and so are its static members. */
export function guardClass<T extends new (...args: never[]) => object>(
  name: string,
  raw: T,
  isAlive?: (made: InstanceType<T>) => boolean,
): T {
  const proxy = new Proxy(raw, {
    construct(target, args, newTarget): object {
      const made = Reflect.construct(target, args, newTarget === proxy ? target : newTarget) as InstanceType<T>;
      return guard(name, made, isAlive === undefined ? undefined : () => isAlive(made));
    },
    get(target, key): unknown {
      if (!(key in target)) return typeof key === 'symbol' ? undefined : unknown(`${name}.${key}`);
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || typeof key === 'symbol') return value;
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, args);
        return typeof answer === 'object' && answer !== null ? guarded(answer) : answer;
      };
    },
  });
  return proxy;
}

/** A part of Electron that the stand-in has nothing of. Importing it is free, using it throws. */
export function absent(name: string): object {
  const use = (): never => unknown(name);
  return new Proxy(use, { get: (_target, key) => unknown(`${name}.${String(key)}`), construct: use, apply: use });
}

type Listener = (...args: unknown[]) => void;

/** An emitter that refuses listeners for events that nobody would ever emit. */
export abstract class KnownEvents extends EventEmitter {
  /** Events of Electron's that the stand-in emits, or that rightly never happen on it. */
  protected abstract readonly known: readonly string[];

  #check(event: string | symbol): void {
    const quiet = event === 'newListener' || event === 'removeListener' || event === 'error';
    if (!quiet && !this.known.includes(String(event)))
      unknown(`the event '${String(event)}' of ${this.constructor.name}`);
  }

  override on(event: string | symbol, listener: Listener): this {
    this.#check(event);
    return super.on(event, listener);
  }

  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  override prependListener(event: string | symbol, listener: Listener): this {
    this.#check(event);
    return super.prependListener(event, listener);
  }
}

/** For what Electron takes and what has no effect that a page of the stand-in, or Linux, could show. */
export const ignored = (): void => undefined;

export interface StandInEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** Electron's event object, with the facts of this event. */
export function makeEvent<T extends object>(facts: T): StandInEvent & T {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
