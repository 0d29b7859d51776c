import { tokenWords } from '../contract/text/tokens.ts';
import type { ConnectionView } from '../contract/views.ts';
import { AppError } from '../core/base/coded-error.ts';
import type { Core } from '../core/app/core.ts';
import type { Keychain } from '../core/connection/keychain.ts';
import { probeKeychain } from '../core/connection/keychain.ts';
import { normaliseAddress } from '../core/omnitool/address.ts';
import type { Command } from './arguments.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import type { HiddenInput } from './hidden-input.ts';
import { openHiddenInput } from './hidden-input.ts';
import type { Output } from './output.ts';
import { textOf } from './standard-input.ts';

const COMMAND = '/generateJwtToken exec Workflow 2592000';

type ConnectCommand = Extract<Command, { name: 'connect' }>;

/**
 * Connects and stores the token. The token is never an argument, because every user of the machine can read arguments.
 * Problems that make the token useless (an open network, no keychain) are reported before the token is asked for.
 */
export async function connect(
  core: Core,
  output: Output,
  { address, insecure }: ConnectCommand,
  keychain: Keychain,
): Promise<ExitCode> {
  const { origin, secure } = normaliseAddress(address);
  if (!secure && !insecure) throw new AppError('insecure-address', new URL(origin).host);
  const given = process.env.OMNITRAY_TOKEN === '' ? undefined : process.env.OMNITRAY_TOKEN;
  const hidden = given === undefined && process.stdin.isTTY ? openHiddenInput() : null;
  try {
    if (given === undefined) await refuseWithoutKeychain(keychain);
    const probing = core.connection.probe(address);
    const found = await (hidden === null ? probing : Promise.race([probing, hidden.cancelled]));
    output.note(`${found.address} is Omnitool ${found.version}.`);
    const token = given ?? (hidden === null ? await textOf(process.stdin) : await askToken(output, hidden));
    const view = await core.connection.connect({
      address,
      token: { from: 'typed', token },
      keep: 'keychain',
      allowInsecure: insecure,
    });
    sayConnected(output, view, address);
    return EXIT.done;
  } finally {
    hidden?.close();
  }
}

/** @throws AppError `keychain-absent`, `keychain-locked`, `keychain-unanswered` */
async function refuseWithoutKeychain(keychain: Keychain): Promise<void> {
  const state = await probeKeychain(keychain);
  if (state !== 'ready') throw new AppError(`keychain-${state}`);
}

async function askToken(output: Output, hidden: HiddenInput): Promise<string> {
  output.problem(`In Omnitool's chat, send this:\n  ${COMMAND}\nThen paste the answer here. It is not shown.`);
  output.ask('Token: ');
  try {
    return await hidden.line();
  } finally {
    output.problem('');
  }
}

function sayConnected(output: Output, view: ConnectionView, address: string): void {
  const words = view.token === null ? '' : tokenWords(view.token, Date.now());
  output.note(`Connected to ${view.profile?.name ?? address}. ${words}`.trim());
  if (output.json) output.result(JSON.stringify({ address: view.profile?.address, token: view.token }));
}
