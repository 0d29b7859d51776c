/**
 * `npm run check:rooms`: checks who imports whom (rooms.config.ts), prints the floors of core with what each room
 * imports, and the number of circles. Exit code 1 on a violation.
 */
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import { FLOORS, OPTIONS, RULES } from '../rooms.config.ts';

const root = join(import.meta.dirname, '..');
const { output } = await cruise(['electron', 'renderer/src', 'scripts', 'tests'], {
  ...OPTIONS,
  baseDir: root,
  validate: true,
  ruleSet: { forbidden: RULES },
});
if (typeof output === 'string') throw new TypeError('The result of the check is not data.');

const roomOf = (path: string): string | null => /^electron\/core\/([^/]+)\//.exec(path)?.[1] ?? null;

/** One line for each room: its number of files, and the rooms that they import. */
function lineOf(room: string, modules: readonly IModule[]): string {
  const own = modules.filter(({ source }) => roomOf(source) === room);
  const imported = new Set(own.flatMap(({ dependencies }) => dependencies.map(({ resolved }) => roomOf(resolved))));
  const lower = FLOORS.flat().filter((name) => name !== room && imported.has(name));
  return `${room.padEnd(12)} ${String(own.length).padStart(3)} files${lower.length > 0 ? ` -> ${lower.join(', ')}` : ''}`;
}

function print({ modules, summary }: ICruiseResult): void {
  console.log('The floors of electron/core, highest first:');
  for (const floor of FLOORS.toReversed()) console.log(floor.map((room) => `  ${lineOf(room, modules)}`).join('\n'));
  const circles = summary.violations.filter(({ rule }) => rule.name.startsWith('no-circle'));
  console.log(`${modules.length} files and packages, ${circles.length} circles.`);
  for (const { rule, from, to, cycle } of summary.violations) {
    const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(' -> ');
    console.log(`${rule.name}: ${from} -> ${path}`);
    console.log(`  ${RULES.find(({ name }) => name === rule.name)?.comment ?? ''}`);
  }
}

print(output);
process.exitCode = output.summary.violations.length === 0 ? 0 : 1;
