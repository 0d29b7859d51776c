/**
 * Prints the result of the conformance suite: a line for each section of docs/omnitool-wire.md, what was left out, and
 * the count.
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

interface Tally {
  held: number;
  failed: number;
  leftOut: number;
}

const none = (): Tally => ({ held: 0, failed: 0, leftOut: 0 });

/** The name of a statement begins with its section: `9.4 chat output goes to ...`. */
const sectionOf = ({ name }: TestCase): string => name.slice(0, name.indexOf(' '));

export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const sections = new Map<string, Tally>();
    const total = none();
    for (const test of tests) {
      const section = sections.get(sectionOf(test)) ?? none();
      sections.set(sectionOf(test), section);
      for (const tally of [section, total]) count(tally, test);
    }
    // A file that failed before its first statement has no statement that could fail.
    total.failed += modules.filter((module) => module.state() === 'failed' && isSound(module)).length;
    const lines = [row('section', 'held', 'failed', 'left out')];
    for (const [section, { held, failed, leftOut }] of [...sections].sort(bySection)) {
      lines.push(row(section, held, failed, leftOut));
    }
    process.stdout.write(`\n${[...lines, ...leftOutLines(tests), '', closing(total)].join('\n')}\n`);
  }
}

function count(tally: Tally, test: TestCase): void {
  const { state } = test.result();
  if (state === 'passed') tally.held += 1;
  else if (state === 'skipped') tally.leftOut += 1;
  else tally.failed += 1;
}

const isSound = (module: TestModule): boolean =>
  [...module.children.allTests()].every((test) => test.result().state !== 'failed');

const bySection = ([one]: readonly [string, Tally], [other]: readonly [string, Tally]): number =>
  one.localeCompare(other, 'en', { numeric: true });

const row = (section: string, ...counts: readonly (string | number)[]): string =>
  section.padEnd(8) + counts.map((cell) => String(cell).padStart(10)).join('');

function leftOutLines(tests: readonly TestCase[]): readonly string[] {
  const left = tests.flatMap((test) => {
    const result = test.result();
    return result.state === 'skipped' ? [`  ${test.name}: ${result.note ?? 'no reason was given'}`] : [];
  });
  return left.length === 0 ? [] : ['', 'Left out', ...left];
}

function closing({ held, failed, leftOut }: Tally): string {
  const server = process.env.OMNITOOL_URL;
  const where = server === undefined || server === '' ? 'the practice server' : new URL(server).origin;
  return `conformance of ${where}: ${held} held, ${failed} failed, ${leftOut} left out`;
}
