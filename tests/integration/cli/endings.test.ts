import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { startPracticeServer } from '../../../electron/practice/server.ts';
import { exitOf } from '../../support/command.ts';
import { UNTIL_FINISHED } from '../../support/test-core.ts';
import { sample, useCommand } from './set-up.ts';

const command = useCommand();
const omnitray = command.run;

describe('exit codes', () => {
  it.each([
    ['a failing recipe', ['run', 'Fails half-way', '-m', 'x'], 1, /failure|failed/i],
    ['a recipe without output', ['run', 'No output', '-m', 'x'], 5, /nothing came back/i],
    ['an unknown recipe', ['run', 'Paint the moon'], 2, /no recipe "Paint the moon"/],
    ['several recipes', ['run', 'fails'], 2, /Several recipes fit/],
    ['a file that is not there', ['run', 'Echo', './nowhere.txt'], 2, /There is no file "\.\/nowhere\.txt"/],
    ['files that the recipe does not take', ['run', 'Image to grey', sample('notes.txt')], 2, /nothing to send/],
    ['a message that the recipe does not take', ['run', 'Image to grey', '-m', 'x'], 2, /nothing to send/],
    ['an option of another command', ['runs', '--out', '/x', '--each'], 2, /runs does not take --out/],
    ['a folder', ['run', 'Echo', tmpdir()], 2, /folder/i],
    ['nothing to send', ['run', 'Word count'], 2, /./],
    ['an unknown command', ['fly'], 2, /no command "fly"/],
    ['an unknown run', ['show', 'ffff'], 2, /No run begins/],
  ])('tell %s apart', async (_what, args, code, words) => {
    await command.connect();
    const ended = await omnitray(args);
    expect(ended).toMatchObject({ code });
    expect(ended.err).toMatch(words);
    expect(ended.err).not.toMatch(/Error|undefined|\bat .*\.ts:/);
  });

  it.each([
    ['not connected', ['run', 'Echo', '-m', 'x'], {}, 3, /connect/i],
    ['a dead server', ['connect', '127.0.0.1:9'], {}, 4, /answer|reach/i],
    ['plain http to another machine', ['connect', 'http://192.0.2.1:1688'], {}, 2, /./],
    ['no address', ['connect', 'ftp://x'], {}, 2, /address/i],
  ])('tell %s', async (_what, args, env, code, words) => {
    const ended = await omnitray(args, env);
    expect(ended).toMatchObject({ code, out: '' });
    expect(ended.err).toMatch(words);
  });

  it('report an expired token, and one of another server', async () => {
    const ended = await omnitray(['connect', command.server.origin], {
      OMNITRAY_TOKEN: await command.server.mintToken({ lifetimeSeconds: -5 }),
    });
    expect(ended).toMatchObject({ code: 3 });
    const other = await startPracticeServer();
    const foreign = await omnitray(['connect', command.server.origin], { OMNITRAY_TOKEN: other.token });
    await other.close();
    expect(foreign).toMatchObject({ code: 3 });
  });
});

describe('a folder that cannot be made', () => {
  it('is reported before anything is sent', async () => {
    await command.connect();
    const ended = await omnitray(['run', 'Word count', '-m', 'one', '--out', join(sample('hills.png'), 'sub')]);
    expect(ended).toMatchObject({ code: 6, out: '' });
    expect((await omnitray(['runs'])).err).toContain('No runs yet');
  });
});

describe('an input that the recipe does not take', () => {
  it('is reported, and the rest is sent', async () => {
    await command.connect();
    const ran = await omnitray(['run', 'Image to grey', sample('hills.png'), sample('notes.txt'), '-m', 'hello', '-q']);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.err).toContain('notes.txt is left out: Image to grey takes images.');
    expect(ran.err).toContain('The message is left out: Image to grey takes images.');
  });
});

describe('a run that waited for a token', () => {
  it('is continued by resume with a valid one', async () => {
    await command.connect();
    await omnitray(['run', 'Slow steps', '-m', UNTIL_FINISHED, '--timeout', '0.1']);
    const old = await command.server.mintToken({ lifetimeSeconds: -5 });
    const waits = await omnitray(['resume'], { OMNITRAY_TOKEN: old });
    expect(waits).toMatchObject({ code: 3 });
    expect(waits.err).toContain('omnitray resume');
    command.server.finishWaits();
    const resumed = await omnitray(['resume', '--json']);
    expect(resumed).toMatchObject({ code: 0 });
    expect(JSON.parse(resumed.out)).toMatchObject([{ run: { state: 'succeeded' } }]);
  });
});

describe('a reader that closes its end', () => {
  it('is not a failure, and the run continues to its end', async () => {
    await command.connect();
    const child = command.start(['run', 'Slow steps', '-m', 'steps=3 delay=200']);
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await exitOf(child)).toBe(0);
    expect((await omnitray(['runs'])).out).toMatch(/Done\s+Slow steps/);
  });
});

describe('a command that was cut short', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s prints how to continue the run', async (signal) => {
    await command.connect();
    const child = command.start(['run', 'Slow steps', '-m', UNTIL_FINISHED]);
    const out = text(child.stdout);
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (words: string) => {
      err += words;
      // Once: a second signal ends the process at once.
      if (err.includes('Running') && !child.killed) child.kill(signal);
    });
    expect(await exitOf(child)).toBe(130);
    expect(err).toContain('omnitray resume');
    expect(await out).toBe('');
    command.server.finishWaits();
    expect(await omnitray(['resume'])).toMatchObject({ code: 0 });
  });

  it('is not continued by resume while its command still runs, which is reported', async () => {
    await command.connect();
    expect((await omnitray(['resume'])).err).toContain('Nothing is left unfinished.');
    const child = command.start(['run', 'Slow steps', '-m', UNTIL_FINISHED]);
    child.stdout.resume();
    for await (const words of child.stderr.setEncoding('utf8')) if (String(words).includes('Running')) break;
    const { code, err } = await omnitray(['resume']);
    expect({ code, err: err.trim() }).toEqual({
      code: 0,
      err: "What is unfinished is looked after by OmniTray's window or by another command.",
    });
    child.kill('SIGKILL');
    await exitOf(child);
    command.server.finishWaits();
    expect(await omnitray(['resume'])).toMatchObject({ code: 0, out: expect.stringContaining('Finished') as string });
  });

  it('is continued by resume', async () => {
    await command.connect();
    const cut = await omnitray(['run', 'Slow steps', '-m', UNTIL_FINISHED, '--timeout', '0.5']);
    expect(cut).toMatchObject({ code: 7 });
    expect(cut.err).toContain('omnitray resume');
    command.server.finishWaits();
    const resumed = await omnitray(['resume']);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.out).toMatch(/step/i);
    expect((await omnitray(['runs'])).out).toMatch(/Done\s+Slow steps/);
  });
});
