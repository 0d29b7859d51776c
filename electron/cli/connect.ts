import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { tokenWords } from '../contract/words.ts';
import { AppError } from '../core/app/app-error.ts';
import type { Core } from '../core/app/core.ts';
import { normaliseAddress } from '../core/omnitool/address.ts';
import type { ExitCode } from './help.ts';
import { EXIT } from './help.ts';
import type { Output } from './output.ts';

const COMMAND = '/generateJwtToken exec Workflow 2592000';

/** Connects and keeps the token. It never comes from the arguments: those can be read by every user of the machine. */
export async function connect(core: Core, output: Output, address: string, insecure: boolean): Promise<ExitCode> {
  const { origin, secure } = normaliseAddress(address);
  // Said before anything is sent, and before a token is typed.
  if (!secure && !insecure) throw new AppError('insecure-address', new URL(origin).host);
  const probe = await core.connection.probe(address);
  output.note(`${probe.address} is Omnitool ${probe.version}.`);
  const token = process.env.OMNITRAY_TOKEN ?? (await askToken(output));
  const view = await core.connection.connect({
    address,
    token: { from: 'typed', token },
    keep: 'keychain',
    allowInsecure: insecure,
  });
  const words = view.token === null ? '' : tokenWords(view.token, Date.now());
  output.note(`Connected to ${view.profile?.name ?? address}. ${words}`.trim());
  if (output.json) output.result(JSON.stringify({ address: view.profile?.address, token: view.token }));
  return EXIT.done;
}

async function askToken(output: Output): Promise<string> {
  if (!process.stdin.isTTY) return (await process.stdin.toArray()).join('');
  output.note(`In Omnitool's chat, send this, then paste the answer here (it is not shown):\n  ${COMMAND}`);
  // readline echoes to its output; one that swallows everything keeps the token off the screen.
  const swallow = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: swallow, terminal: true });
  try {
    return await lines.question('');
  } catch (failure) {
    // Ctrl+C and Ctrl+D.
    if (failure instanceof Error && failure.name === 'AbortError') throw new AppError('cancelled');
    throw failure;
  } finally {
    lines.close();
  }
}
