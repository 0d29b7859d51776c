import { parseArgs } from 'node:util';
import { INPUT_KINDS } from '../contract/views.ts';
import type { InputKind } from '../contract/views.ts';

/** A command with its arguments; times are milliseconds. `null` stands for an option that was not given. */
export type Command =
  | { readonly name: 'help' | 'version' | 'runs' }
  | { readonly name: 'connect'; readonly address: string; readonly insecure: boolean }
  | { readonly name: 'recipes'; readonly words: readonly string[] }
  | {
      readonly name: 'run';
      readonly recipe: string;
      readonly files: readonly string[];
      readonly message: string;
      /** A run for each file instead of one for all. */
      readonly each: boolean;
      /** The input under which all files are sent; null: OmniTray chooses it for each file. */
      readonly sendAs: InputKind | null;
      readonly out: string | null;
      readonly timeoutMs: number | null;
    }
  | { readonly name: 'show'; readonly run: string }
  | { readonly name: 'export'; readonly run: string; readonly folder: string }
  | { readonly name: 'resume'; readonly timeoutMs: number | null }
  | {
      readonly name: 'settle';
      readonly run: string;
      readonly decision: 'look' | 'take' | 'give-up';
      /** The first letters of the job to take; null: the only candidate. */
      readonly job: string | null;
      readonly timeoutMs: number | null;
    };

/** One command line: the command, and the options that every command takes. */
export interface Invocation {
  readonly command: Command;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The command line cannot be understood. The message is a sentence to be shown. */
export class UsageError extends Error {}

const OPTIONS = {
  message: { type: 'string', short: 'm' },
  out: { type: 'string', short: 'o' },
  each: { type: 'boolean' },
  as: { type: 'string' },
  timeout: { type: 'string' },
  take: { type: 'boolean' },
  job: { type: 'string' },
  'give-up': { type: 'boolean' },
  insecure: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];
type Option = keyof typeof OPTIONS;

const FOR_ALL: readonly Option[] = ['json', 'quiet', 'help', 'version'];

/** The options of each command beside `FOR_ALL`. Others are refused, not ignored. */
const OPTIONS_OF: Record<Exclude<Command['name'], 'help' | 'version'>, readonly Option[]> = {
  connect: ['insecure'],
  recipes: [],
  run: ['message', 'out', 'each', 'as', 'timeout'],
  runs: [],
  show: [],
  export: [],
  resume: ['timeout'],
  settle: ['take', 'job', 'give-up', 'timeout'],
};

/** @throws UsageError */
export function readArguments(argv: readonly string[]): Invocation {
  const { values, positionals, tokens } = parse(argv);
  refuseRepeated(tokens);
  return { command: commandOf(values, positionals), json: values.json ?? false, quiet: values.quiet ?? false };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, tokens: true });
  } catch (failure) {
    if (failure instanceof TypeError) throw new UsageError(failure.message.split('. ')[0] ?? failure.message);
    throw failure;
  }
}

/** Refuses a value that is given twice: only one could be used, and the other would be dropped silently. */
function refuseRepeated(tokens: ReturnType<typeof parse>['tokens']): void {
  const given = tokens.flatMap((token) => (token.kind === 'option' && token.value !== undefined ? [token.name] : []));
  const repeated = given.find((name, index) => given.indexOf(name) !== index);
  if (repeated !== undefined) throw new UsageError(`--${repeated} can be given once`);
}

function commandOf(values: Values, [name, ...rest]: readonly string[]): Command {
  if (values.version === true) return { name: 'version' };
  if (values.help === true || name === undefined || name === 'help') return { name: 'help' };
  if (!isCommand(name)) throw new UsageError(`There is no command "${name}"`);
  refuseOtherOptions(name, values);
  const [first, ...more] = rest;
  switch (name) {
    case 'runs':
      return exactly(rest, 0, { name });
    case 'resume':
      return exactly(rest, 0, { name, timeoutMs: timeoutOf(values.timeout) });
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
    case 'settle':
      if (first === undefined) throw new UsageError('settle needs a run; omnitray runs lists them');
      return exactly(rest, 1, settleOf(first, values));
    case 'run':
      if (first === undefined) throw new UsageError('run needs a recipe; omnitray recipes lists them');
      return {
        name,
        recipe: first,
        files: more,
        message: values.message ?? '',
        each: values.each ?? false,
        sendAs: sendAsOf(values.as),
        out: values.out ?? null,
        timeoutMs: timeoutOf(values.timeout),
      };
  }
}

const isCommand = (name: string): name is keyof typeof OPTIONS_OF => Object.hasOwn(OPTIONS_OF, name);

function refuseOtherOptions(name: keyof typeof OPTIONS_OF, values: Values): void {
  const takes: readonly string[] = [...FOR_ALL, ...OPTIONS_OF[name]];
  const other = Object.keys(values).find((option) => !takes.includes(option));
  if (other !== undefined) throw new UsageError(`${name} does not take --${other}`);
}

function settleOf(run: string, values: Values): Command {
  const { take = false, job = null, 'give-up': giveUp = false } = values;
  if (giveUp && (take || job !== null)) throw new UsageError('settle takes a job or gives up, not both');
  const decision = giveUp ? 'give-up' : take || job !== null ? 'take' : 'look';
  return { name: 'settle', run, decision, job, timeoutMs: timeoutOf(values.timeout) };
}

function exactly(rest: readonly string[], count: number, command: Command): Command {
  const extra = rest[count];
  if (extra !== undefined) throw new UsageError(`${command.name} does not take "${extra}"`);
  return command;
}

function sendAsOf(given: string | undefined): InputKind | null {
  if (given === undefined) return null;
  const place = FILE_PLACES.find((each) => each === given);
  if (place === undefined) throw new UsageError(`--as needs one of ${FILE_PLACES.join(', ')}`);
  return place;
}

/** The inputs under which any file can be sent. */
const FILE_PLACES = INPUT_KINDS.filter((kind) => kind !== 'text' && kind !== 'json');

function timeoutOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  const seconds = Number(given);
  if (!(seconds > 0 && seconds < 1e6)) throw new UsageError('--timeout needs a number of seconds');
  return seconds * 1_000;
}
