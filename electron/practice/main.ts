import { parseArgs } from 'node:util';
import { type PracticeServer, startPracticeServer } from './server.ts';

/** The usual port, so that the address stays the same. */
const USUAL_PORT = 16_880;

const HELP = `Runs a small Omnitool server on this machine, to try OmniTray with.

  npm run practice                 listens on port ${USUAL_PORT}, or a free one where that is taken
  npm run practice -- --port 4000  another port
  npm run practice -- --more 1000  that many made-up recipes beside its own
  npm run practice -- --json       prints one line of JSON

It makes no outgoing connection, and removes its files when it ends (Ctrl+C).`;

const named = (kinds: readonly string[]): string => kinds.join(', ') || 'nothing';

function print(server: PracticeServer): void {
  const { recipes } = server;
  const width = Math.max(...recipes.map(({ name }) => name.length));
  console.log(`The practice server is ready.\n\n  Address  ${server.origin}\n  Token    ${server.token}\n`);
  console.log('Recipes');
  for (const { name, description, takes, gives, says } of recipes) {
    console.log(`  ${name.padEnd(width)}  ${description}`);
    const words = [
      `takes ${named(takes)}`,
      `gives ${named(gives)}`,
      ...(says.length > 0 ? [`says ${named(says)}`] : []),
    ];
    console.log(`  ${''.padEnd(width)}  ${words.join('; ')}`);
  }
  console.log('\nTo connect: open OmniTray, enter the address and the token, press Connect.\nCtrl+C ends the server.');
}

/** Parses an option that is a whole number from 0 to `most`. Throws a RangeError for others. */
function readNumber(name: string, given: string, most: number): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 0 || number > most)
    throw new RangeError(`The ${name} must be a number from 0 to ${most}.`);
  return number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(USUAL_PORT) },
      more: { type: 'string', default: '0' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  const server = await startPracticeServer({
    port: readNumber('port', values.port, 65_535),
    moreRecipes: readNumber('number of recipes', values.more, 100_000),
  });
  const { origin, token, recipes } = server;
  if (values.json === true) console.log(JSON.stringify({ origin, token, recipes }));
  else print(server);
  const end = () => void server.close();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

main().catch((problem: unknown) => {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 2;
});
