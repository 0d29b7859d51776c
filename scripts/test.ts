/**
 * `npm test`: makes sure of the tools, then runs every suite, all of them whatever fails. Its last lines say what was left
 * out and why, and count: `N passed, N failed, N skipped`.
 *
 * `--all` (`npm run test:all`) plays every crash point, also those that leave the same behind as another.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chooseHost } from '../tests/support/host/which-host.ts';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');
const playsAll = process.argv.includes('--all');

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Reads the suite's own report; what a suite without one is worth is its exit code. */
  readonly count?: () => Counts;
  /** What it left out and why, a line each. */
  readonly leftOut?: () => readonly string[];
}

const report = (name: string): string => join(results, name);
/** What a suite reported; of one that broke before it could, nothing. */
const readReport = (name: string): string | null =>
  existsSync(report(name)) ? readFileSync(report(name), 'utf8') : null;

/** A log is read as text. Vitest knows only the one variable, Playwright's workers warn of it and know the other. */
const inLog = (variable: string, value: string): Readonly<Record<string, string>> =>
  process.stdout.isTTY ? {} : { [variable]: value };

/** A run of vitest; `id` names its reports. */
function vitest(id: string, name: string, options: readonly string[], reporters: readonly string[] = []): Suite {
  const all = ['dot', 'json', './tests/support/left-out-reporter.ts', ...reporters];
  return {
    name,
    command: [
      ...['vitest', 'run', ...options, ...all.map((reporter) => `--reporter=${reporter}`)],
      `--outputFile.json=${report(`${id}.json`)}`,
    ],
    env: {
      ...inLog('NO_COLOR', '1'),
      ...(playsAll ? { FAULTS: 'all' } : {}),
      OMNITRAY_LEFT_OUT: report(`${id}-left-out.txt`),
    },
    count: () => {
      const read = JSON.parse(readReport(`${id}.json`) ?? '{}') as Record<string, number | undefined>;
      const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = read;
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
    leftOut: () => (readReport(`${id}-left-out.txt`) ?? '').split('\n').filter(Boolean),
  };
}

function playwrightCounts(): Counts {
  const { stats } = JSON.parse(readReport('playwright.json') ?? '{}') as { readonly stats?: Record<string, number> };
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats ?? {};
  return { passed: expected, failed: unexpected + flaky, skipped };
}

const SUITES: readonly Suite[] = [
  // Most of these tests wait, for a server, a file or another process: by default one core would stand idle.
  vitest('vitest', 'unit, integration and component', [
    ...['--project=unit', '--project=integration', '--project=component'],
    '--maxWorkers=4',
  ]),
  vitest('conformance', 'conformance', ['--project=conformance'], ['./tests/conformance/table-reporter.ts']),
  vitest('faults', 'faults', ['--project=faults', '--maxWorkers=4'], ['./tests/faults/support/table-reporter.ts']),
  { name: 'build', command: ['electron-vite', 'build', '--logLevel', 'warn'] },
  {
    name: 'e2e',
    command: ['playwright', 'test', '--reporter=list,json'],
    // Playwright empties its own output folder, so its report lies beside it.
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('playwright.json'), ...inLog('FORCE_COLOR', '0') },
    count: playwrightCounts,
    leftOut: () => {
      const { host, why } = chooseHost();
      return host === 'electron' ? [] : [`End to end on real Electron: ${why}; the stand-in took its place`];
    },
  },
];

async function run(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const [name = '', ...args] = command;
  const child = spawn(join(root, 'node_modules/.bin', name), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const toolsAreThere = await run(['node', join(root, 'scripts/ensure-tools.ts')]);
if (!toolsAreThere) process.exit(1);

const total = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
const leftOut: string[] = [];
for (const { name, command, env, count, leftOut: leftOutOf } of SUITES) {
  console.log(`\n${name}`);
  const start = Date.now();
  const isGood = await run(command, env);
  const counts = count?.() ?? { passed: 0, failed: 0, skipped: 0 };
  // A suite can fail outside of its tests: an error nobody caught, a build that broke.
  const failed = isGood ? counts.failed : Math.max(1, counts.failed);
  total.passed += counts.passed;
  total.failed += failed;
  total.skipped += counts.skipped;
  leftOut.push(...(leftOutOf?.() ?? []));
  lines.push(`${name}: ${failed === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - start) / 1_000)} s`);
}
console.log(`\n${lines.join('\n')}`);
if (!playsAll) leftOut.push('Crash points that leave the same behind as another: npm run test:all plays them too');
if (leftOut.length > 0) console.log(`\nLeft out\n${leftOut.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
