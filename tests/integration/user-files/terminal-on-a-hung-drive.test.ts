import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Command, openCommand } from '../../support/command.ts';
import { mountShare } from '../../support/hung-share.ts';
import { needs } from '../../support/needs.ts';

const hung = await mountShare('deaf');

describe('the terminal and a drive that hangs', () => {
  needs(hung.lacking);
  let command: Command;
  beforeEach(async () => {
    command = await openCommand();
    await command.connect();
  });
  afterEach(async () => {
    if (hung.lacking === null) await command.remove();
  });
  afterAll(() => hung.remove());

  it('names the files that do not answer, and exits', async () => {
    const [one, other] = [join(hung.folder, 'a.txt'), join(hung.folder, 'b.txt')];
    const { code, out, err } = await command.run(['run', 'Echo', one, other]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('is on a drive that does not answer.');
  }, 60_000);
});
