import { describe, expect, it } from 'vitest';
import {
  brokenCitations,
  brokenLinks,
  brokenPaths,
  brokenScripts,
  repositoryFiles,
  sectionsOf,
  textOf,
} from './references.ts';

const files = repositoryFiles();
const wire = sectionsOf(textOf('docs/omnitool-wire.md'));
const platform = sectionsOf(textOf('docs/platform.md'));
const documents = files.filter((path) => path.endsWith('.md'));
const sources = files.filter((path) => /\.(?:ts|svelte|cjs|js|css)$/.test(path));

/** All problems of some files, each with its file. */
const problems = (paths: readonly string[], find: (text: string, path: string) => readonly string[]) =>
  paths.flatMap((path) => find(textOf(path), path).map((problem) => `${path}: ${problem}`));

describe('the repository', () => {
  it('cites sections that exist', () => {
    expect(problems([...sources, ...documents], (text) => brokenCitations(text, wire, platform))).toEqual([]);
  });

  it('links documents to files and headings that exist', () => {
    expect(problems(documents, (text, path) => brokenLinks(path, text))).toEqual([]);
  });

  it('names scripts that package.json has', () => {
    const named = files.filter((path) => /\.(?:md|yml)$/.test(path) || path === '.ci/run');
    expect(problems(named, (text) => brokenScripts(text))).toEqual([]);
  });

  it('names files and folders that exist', () => {
    // The change log names files as they were.
    const current = documents.filter((path) => path !== 'CHANGELOG.md');
    expect(problems(current, (text) => brokenPaths(text, files))).toEqual([]);
  });
});

describe('the check itself', () => {
  it('reports a citation without a heading, alone and in a list', () => {
    const [word, other] = ['wire', 'platform'];
    expect(brokenCitations(`${word} 9.4, 2a and 99.1; ${other} T3, Z9`, wire, platform)).toEqual([
      `${word} 9.4, 2a and 99.1: there is no section 99.1`,
      `${other} T3, Z9: there is no section Z9`,
    ]);
  });

  it('reports a document that is not in the repository', () => {
    expect(brokenCitations(['DESIGN', 7].join(' '), wire, platform)).toHaveLength(1);
  });

  it('reports a link to a missing file or heading', () => {
    const text = '[a](README.md) [b](NO.md) [c](docs/platform.md#tray) [d](docs/platform.md#no) [e](https://x.invalid)';
    expect(brokenLinks('README.md', text)).toEqual(['NO.md', 'docs/platform.md#no']);
  });

  it('reports a missing script', () => {
    expect(brokenScripts('`npm run demo`, `npm run nothing`')).toEqual(['nothing']);
  });

  it('reports a missing file or folder', () => {
    const text = '`electron/main.ts` `core/base/` `clock.ts` `no-such.ts` `core/none.ts` `core/none/` `a/b`';
    expect(brokenPaths(text, files)).toEqual(['no-such.ts', 'core/none.ts', 'core/none/']);
  });
});
