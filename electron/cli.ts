import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { readArguments, UsageError } from './cli/arguments.ts';
import type { Invocation } from './cli/arguments.ts';
import { connect } from './cli/connect.ts';
import { Refused } from './cli/connected.ts';
import { environmentKeychain } from './cli/environment-keychain.ts';
import { exportToFolder } from './cli/export.ts';
import type { ExitCode } from './cli/exit-codes.ts';
import { EXIT, exitOfError } from './cli/exit-codes.ts';
import type { Output } from './cli/output.ts';
import { endWithError, outliveReaders, terminalOutput } from './cli/output.ts';
import { recipes } from './cli/recipes.ts';
import { resume, run } from './cli/run.ts';
import { settle } from './cli/settle.ts';
import { runs, show } from './cli/show.ts';
import { unreadableWords } from './contract/text/store.ts';
import { errorView, startErrorOf } from './core/base/error-view.ts';
import { buildCore } from './core/app/core.ts';
import type { Core } from './core/app/core.ts';
import { systemClock } from './core/base/clock.ts';
import { hardExit } from './core/connection/hard-exit.ts';
import { SystemKeychain } from './core/connection/system-keychain.ts';
import { dataFolder } from './core/base/folders.ts';
import { silentLogger } from './core/base/logger.ts';
import { terminalOwner } from './core/model/owner.ts';
import { openSettings } from './core/settings/settings.ts';
import { userFiles } from './core/user-files/user-files.ts';

const owner = terminalOwner(process.pid);
const keychain = new SystemKeychain();

function openCore(output: Output): Core {
  const folder = dataFolder();
  const { settings, notes } = openSettings({ folder, open: ({ cwd, name }) => new Conf({ cwd, configName: name }) });
  const token = process.env.OMNITRAY_TOKEN;
  const core = buildCore({
    folder,
    settings,
    notes,
    keychain: token === undefined || token === '' ? keychain : environmentKeychain(token),
    clock: systemClock,
    logger: silentLogger,
    random: Math.random,
    owner,
    practice: null,
    readClipboardText: () => Promise.resolve(''),
  });
  core.notes.forEach((note) => output.note(note));
  return core;
}

function opened(output: Output): Core {
  try {
    return openCore(output);
  } catch (failure) {
    throw startErrorOf(failure, dataFolder());
  }
}

async function carryOut({ command, help }: Invocation, output: Output): Promise<ExitCode> {
  if (command.name === 'help') {
    process.stdout.write(help ?? '');
    return EXIT.done;
  }
  if (command.name === 'version') {
    process.stdout.write(`${programVersion()}\n`);
    return EXIT.done;
  }
  const core = opened(output);
  try {
    switch (command.name) {
      case 'connect':
        return await connect(core, output, command, keychain);
      case 'recipes':
        return await recipes(core, output, command.words);
      case 'run':
        return await run(core, output, command, owner);
      case 'runs':
        return runs(core, output);
      case 'show':
        return show(core, output, command.run);
      case 'export':
        return await exportToFolder(core, output, command);
      case 'resume':
        return await resume(core, output, command);
      case 'settle':
        return await settle(core, output, command, owner);
    }
  } finally {
    unreadableWords(core.unreadable.view).forEach((note) => output.note(note));
    core.close();
  }
}

/** package.json is one folder above the sources, and three above the built program. */
function programVersion(): string {
  for (const up of ['..', '../../..']) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(import.meta.dirname, up, 'package.json'), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (name === 'omnitray' && version !== undefined) return version;
    } catch (failure) {
      if (!(failure instanceof Error && 'code' in failure && failure.code === 'ENOENT')) throw failure;
    }
  }
  return 'unknown';
}

async function main(): Promise<ExitCode> {
  let output = terminalOutput({ json: false, quiet: false });
  try {
    const invocation = readArguments(process.argv.slice(2));
    output = terminalOutput(invocation);
    return await carryOut(invocation, output);
  } catch (failure) {
    if (failure instanceof UsageError) {
      const message = `${failure.message.replace(/\.$/, '')}.`;
      output.problem(`${message}\nomnitray --help says more.`);
      if (output.json) output.result(JSON.stringify({ error: { code: 'usage', message } }));
      return EXIT.usage;
    }
    const error = failure instanceof Refused ? failure.error : errorView(failure);
    endWithError(output, error);
    return failure instanceof Refused ? failure.code : exitOfError(error.code);
  }
}

outliveReaders();
process.exitCode = await main();
if (keychain.isHanging || userFiles.isStuck) hardExit(process.exitCode);
