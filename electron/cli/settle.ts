import { candidatesWords } from '../contract/text/batches.ts';
import { runInputsWords, runStateWords } from '../contract/text/runs.ts';
import type { RunView } from '../contract/views.ts';
import { AppError } from '../core/base/coded-error.ts';
import type { Core } from '../core/app/core.ts';
import type { Run } from '../core/model/run.ts';
import { isIn } from '../core/model/run.ts';
import type { Command } from './arguments.ts';
import { UsageError } from './arguments.ts';
import { refusalOfConnection } from './connected.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import { finishAll } from './finish.ts';
import { runData } from './json.ts';
import type { Output } from './output.ts';
import { table } from './output.ts';
import { findRun } from './show.ts';
import { waitForEnd } from './wait.ts';
import { shortId, terminalRunWords } from './words.ts';

type SettleCommand = Extract<Command, { name: 'settle' }>;

/**
 * Settles an unconfirmed run, whose start was sent and never answered. Looks for its job on the server first. If the
 * session of the run names the job, the run goes on by itself. Otherwise the user decides: takes a job, or gives the
 * run up.
 */
export async function settle(core: Core, output: Output, command: SettleCommand, owner: string): Promise<ExitCode> {
  const id = findUnconfirmed(core, command.run).id;
  if (command.decision === 'give-up') return giveUp(core, output, id);
  const refusal = await refusalOfConnection(core);
  if (refusal !== null) throw refusal;
  if (!core.engine.resume((run) => run.id === id)) throw new AppError('disk-failed', "OmniTray's folder");
  if (core.runs.get(id).owner !== owner)
    throw new UsageError('This run is in the hands of the OmniTray window or of another command. Settle it there');
  const looked = await waitForEnd(core, output, [id], command.timeoutMs);
  const run = core.runs.get(id);
  if (!isIn(run, 'unconfirmed')) return finishAll(core, output, looked, { out: null, asList: false });
  if (command.decision === 'look' || looked.cutBy !== null) return list(core, output, run, looked.cutBy === 'signal');
  await core.runs.adopt(core.engine, id, jobNamed(run, command.job));
  const waited = await waitForEnd(core, output, [id], command.timeoutMs);
  return finishAll(core, output, waited, { out: null, asList: false });
}

/** @throws UsageError if the run is not unconfirmed */
function findUnconfirmed(core: Core, wanted: string): RunView {
  const run = findRun(core, wanted);
  if (run.state === 'unconfirmed') return run;
  const { label } = runStateWords(run.state, run.reason, run.reasonDetail);
  throw new UsageError(`There is nothing to settle: ${shortId(run.id)} is not unconfirmed but "${label}"`);
}

function giveUp(core: Core, output: Output, id: string): ExitCode {
  const run = core.runs.giveUp(core.engine, id);
  output.note(terminalRunWords(run));
  if (output.json) output.result(JSON.stringify(runData(run), null, 2));
  return EXIT.done;
}

/** The candidate whose id begins with `wanted`; null if none is wanted. @throws UsageError if none or several do */
function jobNamed({ candidates }: Run, wanted: string | null): string | null {
  if (wanted === null) return null;
  const found = (candidates ?? []).filter((job) => job.startsWith(wanted));
  const [job] = found;
  if (job !== undefined && found.length === 1) return job;
  throw new UsageError(`${found.length === 0 ? 'None' : 'Several'} of the jobs that it can be begin with "${wanted}"`);
}

/** Prints the candidates of the run with their state on the server. */
async function list(core: Core, output: Output, run: Run, interrupted: boolean): Promise<ExitCode> {
  const view = core.runs.view(run);
  const states = new Map(
    interrupted
      ? []
      : (await (await core.connection.serverFor(run.profileId)).listJobs()).map((job) => [job.id, job.state]),
  );
  const jobs = (run.candidates ?? []).map((job) => ({ id: job, state: states.get(job) ?? 'unknown' }));
  output.note(`${run.recipeName}, ${runInputsWords(view)}: ${terminalRunWords({ ...view, reason: null })}`);
  output.note(candidatesWords(view.candidates) ?? 'The server could not be asked which job it is.');
  if (output.json) output.result(JSON.stringify({ run: runData(view), jobs }, null, 2));
  else if (jobs.length > 0) output.result(table(jobs.map(({ id, state }) => [id, state])));
  output.note(`omnitray settle ${shortId(run.id)} --take or --job <id> takes one for it, --give-up ends it.`);
  return interrupted ? EXIT.interrupted : EXIT.notKnown;
}
