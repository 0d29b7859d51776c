import { CommanderError, Option, Command as Program } from 'commander';
import { INPUT_KINDS } from '../contract/views.ts';
import type { InputKind } from '../contract/views.ts';
import { MORE_HELP } from './help.ts';

/** A table whose rows are run, as a command line names it. */
export interface TableArguments {
  readonly file: string;
  /** Columns and their fields, as `column=field`; without a field, the column is not used. */
  readonly match: readonly string[];
  /** Whether rows that cannot be sent are left out. */
  readonly skipBad: boolean;
  /** Whether rows may name files outside the folder of the table. */
  readonly allowOutside: boolean;
}

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
      /** Values of the form, as `name=value`. */
      readonly set: readonly string[];
      /** A JSON file with values of the form. */
      readonly values: string | null;
      /** The preset with the values for fields that are not given otherwise. */
      readonly preset: string | null;
      /** A name under which the values are saved as a preset. */
      readonly savePreset: string | null;
      /** A table of which each row is a run. */
      readonly table: TableArguments | null;
      readonly out: string | null;
      /** The file for the values and answers of all runs. */
      readonly csv: string | null;
      readonly timeoutMs: number | null;
    }
  | { readonly name: 'show'; readonly run: string }
  /** `withBatch`: all runs that were started together with it, and a CSV. */
  | { readonly name: 'export'; readonly run: string; readonly folder: string; readonly withBatch: boolean }
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
  /** What the command `help` prints, about one command or all. */
  readonly help: string | undefined;
}

/** The command line cannot be understood. The message is a sentence to be shown. */
export class UsageError extends Error {}

/** Parses the arguments after the program's name. @throws UsageError */
export function readArguments(argv: readonly string[]): Invocation {
  let command: Command = { name: 'help' };
  let help: string | undefined;
  const program = programOf(
    (found) => (command = found),
    (text) => (help = (help ?? '') + text),
  );
  refuseSwallowed(program, argv);
  try {
    program.parse(argv, { from: 'user' });
  } catch (failure) {
    if (!(failure instanceof CommanderError)) throw failure;
    if (failure.code === 'commander.version') command = { name: 'version' };
    else if (!failure.code.startsWith('commander.help')) throw new UsageError(wordsOf(failure, program));
  }
  const { json = false, quiet = false } = program.opts<{ json?: boolean; quiet?: boolean }>();
  return { command, json, quiet, help };
}

/** The command line for commander, which parses it and writes the help. */
function programOf(found: (command: Command) => void, write: (text: string) => void): Program {
  const program = new Program('omnitray')
    .description('OmniTray in a terminal: run an Omnitool recipe on files.')
    .option('--json', 'Print one JSON value instead of text, also when something goes wrong.')
    .option('-q, --quiet', 'No progress on standard error.')
    .helpOption('-h, --help', 'This text, or with a command what it takes.')
    .helpCommand('help [command]', 'The same.')
    .version('', '--version', 'The version.')
    .addHelpText('after', MORE_HELP)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write, outputError: () => undefined });
  const command = (usage: string, description: string): Program => program.command(usage).description(description);

  command('connect <address>', 'Connect to a server. Asks for the token, or reads it from standard input.')
    .option('--insecure', 'Allow plain http to another machine. The token can be read on the way.')
    .action((address: string, { insecure = false }: { insecure?: boolean }) =>
      found({ name: 'connect', address, insecure }),
    );
  command('recipes [words...]', 'List recipes, or those whose name holds all the words.').action(
    (words: readonly string[]) => found({ name: 'recipes', words }),
  );
  command('run <recipe> [files...]', 'Run a recipe on files and print what comes back.')
    .addOption(value('-m, --message <text>', 'A message to the recipe. "-" reads it from standard input.'))
    .option('--each', 'A run for each file instead of one for all. With --json, a list of results.')
    .addOption(
      value('--as <kind>', 'Send the files as images, audio, video or documents, whatever they are.', sendAsOf),
    )
    .addOption(
      several(
        '-s, --set <name=value>',
        'A value of the form, once for each: width=512, prompt=@text.txt (the text of a file; @- standard input), image=@photo.png.',
      ),
    )
    .addOption(value('--values <file>', 'Values of the form from a JSON file: {"width": 512}.'))
    .addOption(value('--preset <name>', 'Values of the form from a preset. --set and --values count before them.'))
    .addOption(value('--save-preset <name>', 'Save the values of the form as a new preset before the run.'))
    .addOption(
      value(
        '--table <file>',
        'A run for each row of a CSV file; its first line names the inputs. With --json, a list of results.',
      ),
    )
    .addOption(several('--match <column=input>', 'The input that a column of the table fills; without one, none.'))
    .option('--skip-bad', 'Leave out rows of the table that cannot be sent.')
    .option('--allow-outside', 'Let rows name files outside of the folder of the table.')
    .addOption(
      value('-o, --out <folder>', 'Copy the files that come back into this folder. Nothing there is overwritten.'),
    )
    .addOption(
      value('--csv <file>', 'Write what was sent and what came back to a new CSV file, one line for each run.'),
    )
    .addOption(timeout())
    .action((recipe: string, files: readonly string[], given: RunOptions) => {
      const {
        message = '',
        each = false,
        as: sendAs = null,
        set = [],
        values = null,
        preset = null,
        savePreset = null,
        out = null,
        csv = null,
        timeout: timeoutMs = null,
      } = given;
      const form = { set, values, preset, savePreset, table: tableOf(given) };
      found({ name: 'run', recipe, files, message, each, sendAs, ...form, out, csv, timeoutMs });
    });
  command('runs', 'List the last runs, newest first.').action(() => found({ name: 'runs' }));
  command('show <run>', 'Print the result of a run. The first letters of its id are enough.').action((run: string) =>
    found({ name: 'show', run }),
  );
  command('export <run> <folder>', 'Make a folder there with all that a run was given and gave, and a receipt.')
    .option('--csv', 'Export all runs that were started together with it, and a CSV with their answers.')
    .action((run: string, folder: string, { csv: withBatch = false }: { csv?: boolean }) =>
      found({ name: 'export', run, folder, withBatch }),
    );
  command('resume', 'Go on with runs that an earlier command left unfinished, and print their results.')
    .addOption(timeout())
    .action(({ timeout: timeoutMs }: TimeoutOption) => found({ name: 'resume', timeoutMs: timeoutMs ?? null }));
  command('settle <run>', 'Find out what became of an unconfirmed run: list the jobs that it can be.')
    .option('--take', 'Take the one job that it can be, and print its result.')
    .addOption(value('--job <id>', 'Take this one of the jobs that it can be. The first letters are enough.'))
    .option('--give-up', 'End the run here. It is not sent again, and a job on the server is left alone.')
    .addOption(timeout())
    .action((run: string, given: SettleOptions) => found(settleOf(run, given)));
  return program;
}

interface TimeoutOption {
  readonly timeout?: number;
}
interface RunOptions extends TimeoutOption {
  readonly message?: string;
  readonly each?: boolean;
  readonly as?: InputKind;
  readonly set?: readonly string[];
  readonly values?: string;
  readonly preset?: string;
  readonly savePreset?: string;
  readonly out?: string;
  readonly table?: string;
  readonly match?: readonly string[];
  readonly skipBad?: boolean;
  readonly allowOutside?: boolean;
  readonly csv?: string;
}
interface SettleOptions extends TimeoutOption {
  readonly take?: boolean;
  readonly job?: string;
  readonly giveUp?: boolean;
}

/** An option with a value. Refuses a second value: only one could be used, and the other would be dropped silently. */
function value(flags: string, description: string, parse: (given: string) => unknown = (given) => given): Option {
  const option = new Option(flags, description);
  return option.argParser((given, before: unknown) => {
    if (before !== undefined) throw new UsageError(`--${option.name()} can be given once`);
    return parse(given);
  });
}

/** An option that can be given several times. */
const several = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((given, before: readonly string[] | undefined) => [
    ...(before ?? []),
    given,
  ]);

const timeout = (): Option =>
  value('--timeout <s>', 'Stop waiting after so many seconds. The run itself continues; see resume.', timeoutOf);

/** Refuses an option in the place of a value, which commander would take as the value. */
function refuseSwallowed(program: Program, argv: readonly string[]): void {
  const withValue = program.commands.flatMap(({ options }) => options.filter(({ required }) => required));
  for (const [place, argument] of argv.entries()) {
    if (argument === '--') return;
    const option = withValue.find(({ short, long }) => argument === short || argument === long);
    if (option !== undefined && /^-./.test(argv[place + 1] ?? ''))
      throw new UsageError(`${argument} needs a value; one that begins with "-" is given as ${option.long}=...`);
  }
}

const NEEDS: Readonly<Record<string, string>> = {
  connect: 'connect needs the address of a server',
  run: 'run needs a recipe; omnitray recipes lists them',
  show: 'show needs a run; omnitray runs lists them',
  export: 'export needs a run and a folder',
  settle: 'settle needs a run; omnitray runs lists them',
};

function wordsOf({ code, message }: CommanderError, { args, commands }: Program): string {
  const [name = ''] = args;
  const command = commands.find((each) => each.name() === name);
  if (code === 'commander.unknownCommand') return `There is no command "${name}"`;
  if (code === 'commander.missingArgument') return NEEDS[name] ?? message;
  if (code === 'commander.excessArguments' && command !== undefined)
    return `${name} does not take "${command.args[command.registeredArguments.length]}"`;
  if (code === 'commander.unknownOption')
    return `${command?.name() ?? 'omnitray'} does not take ${/'(.*?)'/.exec(message)?.[1] ?? 'this option'}`;
  return message.replace(/^error: o/, 'O');
}

function tableOf({
  table,
  match = [],
  skipBad = false,
  allowOutside = false,
  each = false,
}: RunOptions): TableArguments | null {
  if (table === undefined) {
    if (match.length > 0 || skipBad || allowOutside)
      throw new UsageError('--match, --skip-bad and --allow-outside need --table');
    return null;
  }
  if (each) throw new UsageError('--table makes a run for each row, so --each has no use');
  return { file: table, match, skipBad, allowOutside };
}

function settleOf(run: string, given: SettleOptions): Command {
  const { take = false, job = null, giveUp = false, timeout: timeoutMs = null } = given;
  if (giveUp && (take || job !== null)) throw new UsageError('settle takes a job or gives up, not both');
  const decision = giveUp ? 'give-up' : take || job !== null ? 'take' : 'look';
  return { name: 'settle', run, decision, job, timeoutMs };
}

function sendAsOf(given: string): InputKind {
  const place = FILE_PLACES.find((each) => each === given);
  if (place === undefined) throw new UsageError(`--as needs one of ${FILE_PLACES.join(', ')}`);
  return place;
}

/** The inputs under which any file can be sent. */
const FILE_PLACES = INPUT_KINDS.filter((kind) => kind !== 'text' && kind !== 'json');

function timeoutOf(given: string): number {
  const seconds = Number(given);
  if (!(seconds > 0 && seconds < 1e6)) throw new UsageError('--timeout needs a number of seconds');
  return seconds * 1_000;
}
