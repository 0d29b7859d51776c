import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { exitOf } from '../../support/command.ts';
import { useCommand } from './set-up.ts';

const SEVERAL = 'Chat in several messages';

const command = useCommand({ showAll: true });
beforeEach(command.connect);

async function isAtWork(): Promise<boolean> {
  const reply = await fetch(`${command.server.origin}/api/v1/workflow/jobs`, {
    headers: { authorization: `Bearer ${command.server.token}` },
  });
  const { jobs } = (await reply.json()) as { readonly jobs: readonly { readonly state: string }[] };
  return jobs.some(({ state }) => state === 'running');
}

describe('omnitray run', () => {
  it('prints chat messages as they arrive, each once', async () => {
    const child = command.start(['run', SEVERAL, '-m', 'a long story delay=3000']);
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    expect(await isAtWork()).toBe(true);
    expect(String(first)).toContain('a long story');
    const [rest, code] = await Promise.all([text(child.stdout), exitOf(child)]);
    expect(code).toBe(0);
    // As the whole result is printed, piece by piece.
    const [id = ''] = (await command.run(['runs'])).out.split(/\s/);
    expect(`${String(first)}${rest}`).toBe((await command.run(['show', id])).out);
  });

  it('prints one value with --json', async () => {
    const { out } = await command.run(['run', SEVERAL, '-m', 'a story delay=300', '--json']);
    const printed = JSON.parse(out) as { readonly messages: readonly unknown[]; readonly run: object };
    expect(printed.messages).toHaveLength(3);
    expect(printed.run).not.toHaveProperty('said');
  });
});
