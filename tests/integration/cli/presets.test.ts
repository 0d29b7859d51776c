import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { useCommand } from './set-up.ts';

const command = useCommand();
beforeEach(command.connect);

/** The size of the picture that "Pattern" draws with these arguments. */
async function drawn(...args: readonly string[]): Promise<readonly number[]> {
  const { out, err } = await command.run(['run', 'Pattern', ...args, '--json']);
  expect(err).not.toContain('omnitray:');
  const { files } = JSON.parse(out) as { readonly files: readonly string[] };
  const png = await readFile(files[0] ?? '');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

const WIDE = ['--save-preset', 'Wide', '--set', 'width=64', '--set', 'height=24'];

describe('omnitray run --preset', () => {
  it('sends the values that were saved; those of --set count before them', async () => {
    expect(await drawn(...WIDE)).toEqual([64, 24]);
    expect(await drawn('--preset', 'wide')).toEqual([64, 24]);
    expect(await drawn('--preset', 'Wide', '--set', 'height=40')).toEqual([64, 40]);
    // What a run sends is no preset.
    expect(await drawn('--preset', 'Wide')).toEqual([64, 24]);
  });

  it('is refused with the names that there are, before anything is sent', async () => {
    const none = await command.run(['run', 'Pattern', '--preset', 'Tall']);
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toContain('Pattern has no preset "Tall". It has none');
    await drawn(...WIDE);
    const tall = await command.run(['run', 'Pattern', '--preset', 'Tall']);
    expect(tall.code).toBe(2);
    expect(tall.err).toContain('It has "Wide"');
    const { out } = await command.run(['runs', '--json']);
    expect(JSON.parse(out)).toHaveLength(1);
  });
});

describe('omnitray run --save-preset', () => {
  it('replaces no preset, and saves no values that cannot be sent', async () => {
    await drawn(...WIDE);
    const again = await command.run(['run', 'Pattern', '--save-preset', 'WIDE']);
    expect(again.code).toBe(2);
    expect(again.err).toContain('There is a preset named Wide.');
    const tooWide = await command.run(['run', 'Pattern', '--save-preset', 'Huge', '--set', 'width=9000']);
    expect(tooWide.err).toContain('width: Use 512 or less.');
    const noForm = await command.run(['run', 'Word count', '-m', 'a', '--save-preset', 'Huge']);
    expect(noForm.err).toContain('has no form');
    const long = await command.run(['run', 'Pattern', '--save-preset', 'x'.repeat(81)]);
    expect(long.err).toContain('at most 80 characters');
    for (const { code } of [tooWide, noForm, long]) expect(code).toBe(2);
    expect((await command.run(['recipes', 'Pattern'])).out).not.toMatch(/Huge|xxx/);
  });
});

describe('omnitray recipes', () => {
  it('lists the presets of the one recipe that was named, with their values in JSON', async () => {
    await drawn(...WIDE);
    const { out } = await command.run(['recipes', 'Pattern']);
    expect(out).toMatch(/Presets, for run --preset:\n {2}Wide {2,}64 × 24/);
    const json = JSON.parse((await command.run(['recipes', 'Pattern', '--json'])).out) as readonly unknown[];
    expect(json).toMatchObject([{ presets: [{ name: 'Wide', values: { width: 64, height: 24, grid: true } }] }]);
  });
});
