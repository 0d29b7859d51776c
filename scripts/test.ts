/**
 * `npm test`: makes sure of the tools, then runs every suite, all of them whatever fails, and closes on one line that
 * counts: `N passed, N failed, N skipped`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');

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
}

const report = (name: string): string => join(results, name);
const readJson = (name: string): unknown => JSON.parse(readFileSync(report(name), 'utf8'));

function vitestCounts(name: string): Counts {
  const read = readJson(name) as Record<string, number | undefined>;
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = read;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

function playwrightCounts(): Counts {
  const { stats } = readJson('playwright.json') as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/** A log is read as text. Vitest knows only the one variable, Playwright's workers warn of it and know the other. */
const inLog = (variable: string, value: string): Readonly<Record<string, string>> =>
  process.stdout.isTTY ? {} : { [variable]: value };

const SUITES: readonly Suite[] = [
  {
    name: 'unit, integration and component',
    command: [
      ...['vitest', 'run', '--project=unit', '--project=integration', '--project=component'],
      // Most of these tests wait, for a server, a file or another process: by default one core would stand idle.
      '--maxWorkers=3',
      ...['--reporter=dot', '--reporter=json', `--outputFile.json=${report('vitest.json')}`],
    ],
    env: inLog('NO_COLOR', '1'),
    count: () => vitestCounts('vitest.json'),
  },
  {
    name: 'conformance',
    command: [
      ...[
        'vitest',
        'run',
        '--project=conformance',
        '--reporter=dot',
        '--reporter=./tests/conformance/table-reporter.ts',
      ],
      ...['--reporter=json', `--outputFile.json=${report('conformance.json')}`],
    ],
    env: inLog('NO_COLOR', '1'),
    count: () => vitestCounts('conformance.json'),
  },
  {
    name: 'faults',
    command: [
      ...['vitest', 'run', '--project=faults', '--reporter=dot', '--reporter=./tests/faults/support/table-reporter.ts'],
      // The crash matrix takes as long as all others together.
      '--maxWorkers=2',
      ...['--reporter=json', `--outputFile.json=${report('faults.json')}`],
    ],
    env: inLog('NO_COLOR', '1'),
    count: () => vitestCounts('faults.json'),
  },
  { name: 'build', command: ['electron-vite', 'build', '--logLevel', 'warn'] },
  {
    name: 'e2e',
    command: ['playwright', 'test', '--reporter=list,json'],
    // Playwright empties its own output folder, so its report lies beside it.
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('playwright.json'), ...inLog('FORCE_COLOR', '0') },
    count: playwrightCounts,
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
for (const { name, command, env, count } of SUITES) {
  console.log(`\n${name}`);
  const start = Date.now();
  const isGood = await run(command, env);
  const counts = count?.() ?? { passed: 0, failed: 0, skipped: 0 };
  // A suite can fail outside of its tests: an error nobody caught, a build that broke.
  const failed = isGood ? counts.failed : Math.max(1, counts.failed);
  total.passed += counts.passed;
  total.failed += failed;
  total.skipped += counts.skipped;
  lines.push(`${name}: ${failed === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - start) / 1_000)} s`);
}
console.log(`\n${lines.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
