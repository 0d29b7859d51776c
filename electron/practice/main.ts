import { parseArgs } from 'node:util';
import { RECIPES } from './recipes/catalogue.ts';
import { gives, takes } from './recipes/graph.ts';
import { type PracticeServer, startPracticeServer } from './server.ts';

/** A port of its own, so that the address can be remembered. */
const USUAL_PORT = 16_880;

const HELP = `Runs a small Omnitool server on this machine, to try OmniTray with.

  npm run practice                 listens on port ${USUAL_PORT}, or a free one where that is taken
  npm run practice -- --port 4000  another port
  npm run practice -- --json       prints one line of JSON

It reaches out to nobody, and forgets its files when it ends (Ctrl+C).`;

const describe = (server: PracticeServer) =>
  RECIPES.filter((recipe) => server.recipes.some(({ id }) => id === recipe.id)).map(
    ({ id, name, description, nodes }) => ({
      id,
      name,
      description,
      takes: takes(nodes),
      gives: gives(nodes),
    }),
  );

function print(server: PracticeServer): void {
  const recipes = describe(server);
  const width = Math.max(...recipes.map(({ name }) => name.length));
  console.log(`The practice server is ready.\n\n  Address  ${server.origin}\n  Token    ${server.token}\n`);
  console.log('Recipes');
  for (const { name, description, takes: taken, gives: given } of recipes) {
    console.log(`  ${name.padEnd(width)}  ${description}`);
    console.log(
      `  ${''.padEnd(width)}  takes ${taken.join(', ')}; gives ${given.join(', ') || 'nothing through its results'}`,
    );
  }
  console.log('\nTo connect: open OmniTray, enter the address and the token, press Connect.\nCtrl+C ends the server.');
}

function readPort(given: string | undefined): number {
  const port = Number(given ?? USUAL_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError('The port must be a number from 0 to 65535.');
  return port;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  const server = await startPracticeServer({ port: readPort(values.port) });
  const { origin, token } = server;
  if (values.json === true) console.log(JSON.stringify({ origin, token, recipes: describe(server) }));
  else print(server);
  const end = () => void server.close();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

main().catch((problem: unknown) => {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 2;
});
