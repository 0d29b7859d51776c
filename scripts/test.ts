/**
 * `npm test`: installs missing tools, then runs every suite, also after a failure. Suites run side by side, because most
 * tests wait: for a server, a file or another process. Prints the output of a suite when it ends. The last lines name what
 * was left out and why, and count: `N passed, N failed, N skipped`.
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

/** Suites of one lane run one after the other, lanes side by side. */
const LANES: readonly (readonly Suite[])[] = [
  [
    { name: 'build', command: ['electron-vite', 'build', '--logLevel', 'warn'] },
    {
      name: 'e2e',
      command: ['playwright', 'test', '--reporter=dot,json'],
      // Playwright empties its own output folder, so its report is beside it.
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('playwright.json'), ...inLog('FORCE_COLOR', '0') },
      count: playwrightCounts,
      leftOut: () => {
        const { host, why } = chooseHost();
        return host === 'electron' ? [] : [`End to end on real Electron: ${why}; the stand-in took its place`];
      },
    },
  ],
  [
    vitest('faults', 'faults', ['--project=faults', '--maxWorkers=2'], ['./tests/faults/support/table-reporter.ts']),
    vitest('conformance', 'conformance', ['--project=conformance'], ['./tests/conformance/table-reporter.ts']),
  ],
  [
    vitest('vitest', 'unit, integration and component', [
      ...['--project=unit', '--project=integration', '--project=component'],
      '--maxWorkers=3',
    ]),
  ],
];

interface Ended {
  readonly isGood: boolean;
  readonly output: string;
}

async function run(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const [name = '', ...args] = command;
  const child = spawn(join(root, 'node_modules/.bin', name), args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  const [code] = (await once(child, 'close')) as [number | null];
  return { isGood: code === 0, output: parts.join('') };
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const tools = await run(['node', join(root, 'scripts/ensure-tools.ts')]);
console.log(tools.output.trimEnd());
if (!tools.isGood) process.exit(1);

const total = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
const leftOut: string[] = [];

async function runSuite({ name, command, env, count, leftOut: leftOutOf }: Suite): Promise<void> {
  const start = Date.now();
  const { isGood, output } = await run(command, env);
  const counts = count?.() ?? { passed: 0, failed: 0, skipped: 0 };
  // A suite can fail outside of its tests: by an uncaught error, or a build that broke.
  const failed = isGood ? counts.failed : Math.max(1, counts.failed);
  total.passed += counts.passed;
  total.failed += failed;
  total.skipped += counts.skipped;
  leftOut.push(...(leftOutOf?.() ?? []));
  const line = `${name}: ${failed === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - start) / 1_000)} s`;
  lines.push(line);
  console.log(`\n${output.trim()}\n${line}`);
}

console.log('\nThe suites run side by side; each prints its output when it ends.');
await Promise.all(
  LANES.map(async (lane) => {
    for (const suite of lane) await runSuite(suite);
  }),
);
console.log(`\n${lines.join('\n')}`);
if (!playsAll) leftOut.push('Crash points that leave the same behind as another: npm run test:all plays them too');
if (leftOut.length > 0) console.log(`\nLeft out\n${leftOut.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
