import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/**
 * Says at the end of a run what it left out, and why. `npm test` collects that of all suites: it names a file in
 * OMNITRAY_LEFT_OUT, to be written in place of the screen.
 */
export default class LeftOutReporter implements Reporter {
  #isFiltered = false;

  onInit({ config }: Vitest): void {
    this.#isFiltered = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    // With -t most tests are skipped because nobody asked for them.
    const lines = leftOutLines(skipped.filter((test) => !this.#isFiltered || noteOf(test) !== undefined));
    const file = process.env.OMNITRAY_LEFT_OUT;
    if (file !== undefined) writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    else if (lines.length > 0)
      process.stdout.write(`\nLeft out on this machine\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
}

/** A line for each reason. Tests without one are told by the name of what they are part of. */
function leftOutLines(tests: readonly TestCase[]): readonly string[] {
  const byReason = Map.groupBy(
    tests,
    (test) => noteOf(test) ?? (test.parent.type === 'suite' ? test.parent.fullName : test.name),
  );
  return [...byReason].map(([reason, { length }]) => `${length} ${length === 1 ? 'test' : 'tests'}: ${reason}`);
}

function noteOf(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}
