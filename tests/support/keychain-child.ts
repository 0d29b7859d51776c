/**
 * Uses the system's keychain in a process of its own, because libsecret keeps the bus it found first for as long as the
 * process lives. Reads one request a line, writes one reply a line.
 */
import { createInterface } from 'node:readline';
import { KeychainError, probeKeychain } from '../../electron/core/connection/keychain.ts';
import { hardExit } from '../../electron/core/connection/hard-exit.ts';
import { SystemKeychain } from '../../electron/core/connection/system-keychain.ts';

export type KeychainRequest =
  | { readonly call: 'read' | 'remove'; readonly account: string }
  | { readonly call: 'write'; readonly account: string; readonly secret: string }
  | { readonly call: 'probe' }
  | { readonly call: 'leave'; readonly code: number };

export interface KeychainReply {
  readonly value?: string | null;
  readonly failure?: string;
  readonly tookMs: number;
  readonly isHanging: boolean;
}

const keychain = new SystemKeychain({ timeoutMs: Number(process.env.KEYCHAIN_TIMEOUT_MS ?? 5_000) });

async function answer(request: KeychainRequest): Promise<string | null> {
  switch (request.call) {
    case 'read':
      return keychain.read(request.account);
    case 'remove':
      await keychain.remove(request.account);
      return null;
    case 'write':
      await keychain.write(request.account, request.secret);
      return null;
    case 'probe':
      return probeKeychain(keychain);
    case 'leave':
      return hardExit(request.code);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const started = performance.now();
  const outcome = await answer(JSON.parse(line) as KeychainRequest).then(
    (value) => ({ value }),
    (failure: unknown) => ({ failure: failure instanceof KeychainError ? failure.code : String(failure) }),
  );
  const reply: KeychainReply = { ...outcome, tookMs: performance.now() - started, isHanging: keychain.isHanging };
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
