import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlScript, shellWord } from '../../../electron/core/export/curl.ts';
import type { Run } from '../../../electron/core/model/run.ts';
import { aRun } from '../../support/a-run.ts';
import { anInput } from '../../support/an-input.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(`'; rm -rf ~ #`, '$(id)', '`id`', '"', '\\', 'a\nb', '!!', '${HOME}', '%s%n', '-e', '--', "'''"),
);

/** Runs a script in a shell and returns its output. */
function shell(script: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('sh', args, { input: script, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

const aRunOf = (change: Partial<Run>): Run => ({
  ...aRun(),
  takes: ['images', 'text'],
  inputs: [anInput()],
  ...change,
});

describe('shellWord', () => {
  it('is read unchanged by a shell', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 8 }), (texts) => {
        const clean = texts.map((text) => text.replaceAll('\0', ''));
        expect(shell(`printf '%s\\0' ${texts.map(shellWord).join(' ')}`)).toBe(
          clean.map((text) => `${text}\0`).join(''),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('curlScript', () => {
  it('is valid for any names of files and recipe and any message', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (name, recipeName, message, id) => {
        const inputs = [anInput({ name, path: `/tmp/${name}` }), anInput({ position: 1, name: 'b.png' })];
        shell(curlScript(aRunOf({ inputs, recipeName, serverName: recipeName, message, recipeId: id })), '-n');
      }),
      { numRuns: 30 },
    );
  });

  it('starts the recipe with the arguments of the run, with file ids inserted by the shell', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const message = `x${text.replaceAll('\0', '')}`;
        const script = curlScript(aRunOf({ message, inputs: [anInput(), anInput({ position: 1, name: 'b.png' })] }));
        const step = /printf '%s' ([^]*?) > "\$work\/start\.json"/.exec(script)?.[1] ?? '';
        const body: unknown = JSON.parse(shell(`file1='1,a'; file2='2,b'; printf '%s' ${step}`));
        const args = { text: message, images: [{ fid: '1,a' }, { fid: '2,b' }] };
        expect(body).toEqual({ workflow: 'recipe-1', args });
      }),
      { numRuns: 30 },
    );
  });

  it('holds the token only as a variable, and no file id', () => {
    const script = curlScript(aRunOf({}));
    expect(script).toContain('"$OMNITOOL_TOKEN"');
    expect(script).not.toMatch(/wjvq5f2y1e|eyJ/);
  });
});
