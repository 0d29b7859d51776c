import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const source = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The repository paths that a file imports. */
const importsOf = (path: string): readonly string[] =>
  [...source(path).matchAll(/\b(?:from|import) '(\.[^']+)'/g)].map(([, to = '']) => normalize(join(dirname(path), to)));

const [, walk = ''] = source('docs/core.md').split('## The walk');
const steps = [...walk.matchAll(/^\d+\. `([^`]+)`: .+$/gm)].map(([, path = '']) => path);

describe('the walk of docs/core.md', () => {
  it('goes from the page to the notification', () => {
    expect(steps.length).toBeGreaterThan(20);
    expect(steps.at(0)).toMatch(/^renderer\//);
    expect(steps.at(-1)).toBe('electron/shell/notifications.ts');
  });

  it.each(steps)('reaches %s by an import', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
    const earlier = steps.slice(0, steps.indexOf(path));
    const isJoined = earlier.some((other) => importsOf(path).includes(other) || importsOf(other).includes(path));
    expect(isJoined || earlier.length === 0).toBe(true);
  });
});

it.each(['send', 'watch', 'collect'])('%s imports no other stage of the engine', (stage) => {
  const files = globSync(`electron/core/runs/${stage}/*.ts`, { cwd: root });
  const foreign = files.flatMap(importsOf).filter((to) => /core\/runs\/(send|watch|collect)\//.test(to));
  expect(files.length).toBeGreaterThan(0);
  expect(foreign.filter((to) => !to.includes(`/runs/${stage}/`))).toEqual([]);
});
