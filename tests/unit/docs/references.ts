/** Finds references in code and documents that lead nowhere. Each function returns one line a problem. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** Folders that are read whole; of the root only its own files are. */
const FOLDERS = ['.ci', '.github', 'docs', 'electron', 'renderer', 'resources', 'scripts', 'tests'];
/** Documents leave out the beginning of a path where it is clear. */
const BASES = ['', 'electron', 'electron/core', 'renderer/src', 'renderer/src/lib'];

/** Every file of the repository, from its root, with `/`. */
export function repositoryFiles(): readonly string[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(ROOT.length + 1)
          .replaceAll('\\', '/'),
      ),
  );
  const own = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isFile());
  return [...own.map(({ name }) => name), ...inFolders].filter((path) => !path.includes('node_modules/'));
}

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Headings of a Markdown text without its code blocks, as they are written. */
function headingsOf(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/^```.*?^```/gms, '');
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
}

/** What a heading begins with, such as `9.4`, `2a` or `T3`: that is what a citation names. */
export const sectionsOf = (markdown: string): ReadonlySet<string> =>
  new Set(headingsOf(markdown).map((heading) => heading.replace(/\.? .*$/, '')));

/** The anchors that GitHub makes of headings. */
const anchorsOf = (markdown: string): ReadonlySet<string> =>
  new Set(
    headingsOf(markdown).map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\d _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

const WIRE = /\bwire (\d+(?:\.\d+)?[a-c]?(?:(?:, | and )\d+(?:\.\d+)?[a-c]?(?![\w%]))*)/g;
/** The statements of tests/conformance begin with their section. */
const STATEMENT = /\bstatement\(\s*'([\da-c.]+)'/g;
const PLATFORM = /\bplatform ([A-Z]\d(?:(?:, | and )[A-Z]\d)*)/g;

/** Citations such as `wire 9.4` or `platform T3` without a heading, and those of documents outside the repository. */
export function brokenCitations(
  text: string,
  wire: ReadonlySet<string>,
  platform: ReadonlySet<string>,
): readonly string[] {
  const cited = (pattern: RegExp, sections: ReadonlySet<string>): readonly string[] =>
    [...text.matchAll(pattern)].flatMap(([whole, list = '']) =>
      list
        .split(/, | and /)
        .filter((section) => !sections.has(section))
        .map((section) => `${whole}: there is no section ${section}`),
    );
  const outside = [...text.matchAll(/\b(?:DESIGN|PLATFORM|HOUSE|HOUSE_PLAN)(?:\.md| [A-Z]?\d)/g)];
  return [
    ...cited(WIRE, wire),
    ...cited(STATEMENT, wire),
    ...cited(PLATFORM, platform),
    ...outside.map(([whole]) => `${whole}: not in the repository`),
  ];
}

/** Relative links of the document at `path` to a missing file or heading. */
export function brokenLinks(path: string, markdown: string): readonly string[] {
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [file = '', anchor] = target.split('#');
    const linked = file === '' ? path : join(dirname(path), file);
    if (!existsSync(join(ROOT, linked))) return true;
    return anchor !== undefined && !anchorsOf(file === '' ? markdown : textOf(linked)).has(anchor);
  });
}

/** Scripts named by `npm run` or `npm test` that package.json does not have. */
export function brokenScripts(text: string): readonly string[] {
  const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const named = [...text.matchAll(/\bnpm run (?:-\S+ )*([\w-]+(?::[\w-]+)*)/g)].map(([, name = '']) => name);
  return named.filter((name) => !Object.hasOwn(scripts, name));
}

/**
 * Paths in code spans that do not exist: source files, and other files and folders (which end with `/`) below a folder.
 * Names without a folder, such as `dist/` and `receipt.json`, may be made by a program.
 */
export function brokenPaths(markdown: string, files: readonly string[]): readonly string[] {
  const spans = [...markdown.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  const paths = spans.filter((span) =>
    /^(?:[\w.-]+\.(?:ts|svelte)|[\w.-]+\/[\w./-]*[\w-](?:\.(?:ts|svelte|md|yml|cjs)|\/))$/.test(span),
  );
  return paths.filter((path) => {
    if (!path.includes('/')) return !files.some((file) => file === path || file.endsWith(`/${path}`));
    return !BASES.some((base) => {
      const full = join(ROOT, base, path);
      return existsSync(full) && statSync(full).isDirectory() === path.endsWith('/');
    });
  });
}
