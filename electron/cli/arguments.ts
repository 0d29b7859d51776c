import { parseArgs } from 'node:util';

export type Command =
  | { readonly name: 'help' | 'version' | 'runs' | 'resume' }
  | { readonly name: 'connect'; readonly address: string; readonly insecure: boolean }
  | { readonly name: 'recipes'; readonly words: readonly string[] }
  | {
      readonly name: 'run';
      readonly recipe: string;
      readonly files: readonly string[];
      readonly message: string;
      /** A run for each file instead of one for all. */
      readonly each: boolean;
      readonly out: string | null;
      readonly timeoutMs: number | null;
    }
  | { readonly name: 'show'; readonly run: string }
  | { readonly name: 'export'; readonly run: string; readonly folder: string };

export interface Invocation {
  readonly command: Command;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The command line cannot be understood; the message says why, in a sentence to be shown. */
export class UsageError extends Error {}

const OPTIONS = {
  message: { type: 'string', short: 'm' },
  out: { type: 'string', short: 'o' },
  each: { type: 'boolean' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  insecure: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

/** @throws UsageError */
export function readArguments(argv: readonly string[]): Invocation {
  const { values, positionals } = parse(argv);
  return { command: commandOf(values, positionals), json: values.json ?? false, quiet: values.quiet ?? false };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (failure) {
    if (failure instanceof TypeError) throw new UsageError(failure.message.split('. ')[0] ?? failure.message);
    throw failure;
  }
}

function commandOf(values: Values, [name, ...rest]: readonly string[]): Command {
  if (values.version === true) return { name: 'version' };
  if (values.help === true || name === undefined || name === 'help') return { name: 'help' };
  const [first, ...more] = rest;
  switch (name) {
    case 'runs':
    case 'resume':
      return exactly(rest, 0, { name });
    case 'recipes':
      return { name, words: rest };
    case 'connect':
      if (first === undefined) throw new UsageError('connect needs the address of a server');
      return exactly(rest, 1, { name, address: first, insecure: values.insecure ?? false });
    case 'show':
      if (first === undefined) throw new UsageError('show needs a run; omnitray runs lists them');
      return exactly(rest, 1, { name, run: first });
    case 'export': {
      const [folder] = more;
      if (first === undefined || folder === undefined) throw new UsageError('export needs a run and a folder');
      return exactly(rest, 2, { name, run: first, folder });
    }
    case 'run':
      if (first === undefined) throw new UsageError('run needs a recipe; omnitray recipes lists them');
      return {
        name,
        recipe: first,
        files: more,
        message: values.message ?? '',
        each: values.each ?? false,
        out: values.out ?? null,
        timeoutMs: timeoutOf(values.timeout),
      };
    default:
      throw new UsageError(`There is no command "${name}"`);
  }
}

function exactly(rest: readonly string[], count: number, command: Command): Command {
  const extra = rest[count];
  if (extra !== undefined) throw new UsageError(`${command.name} does not take "${extra}"`);
  return command;
}

function timeoutOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  const seconds = Number(given);
  if (!(seconds > 0 && seconds < 1e6)) throw new UsageError('--timeout needs a number of seconds');
  return seconds * 1_000;
}
