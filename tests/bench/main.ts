/**
 * `npm run bench`: OmniTray's core beside a plain client of the server's documentation, on the practice server, in one
 * run. Only the ratios mean something elsewhere: both sides had the same machine at the same time.
 * `npm run bench -- store submit` measures these parts alone.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureBatches } from './batch.ts';
import { measureCatalogue } from './catalogue.ts';
import { measureFinish } from './finish.ts';
import { measureForms } from './form.ts';
import { measureHistory } from './history.ts';
import { measureLive } from './live.ts';
import { measureMemory } from './memory.ts';
import { measureOddReplies } from './odd-replies.ts';
import { measurePage } from './page.ts';
import { measureRows } from './rows.ts';
import { measureStore } from './store.ts';
import { measureSubmit } from './submit.ts';
import { printTable, ratioTable, type Table } from './table.ts';
import { measureWindow } from './window.ts';

const MEBIBYTE = 1_048_576;

/** The practice server in a process of its own, so that neither side pays for its work. */
async function startServer() {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../electron/practice/main.ts'), '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { origin, token } = JSON.parse(line.toString()) as { origin: string; token: string };
  return { origin, token, stop: () => child.kill() };
}

const folder = await mkdtemp(join(tmpdir(), 'omnitray-bench-'));
const server = await startServer();

async function makeFile(size: number): Promise<string> {
  const path = join(folder, `${size / MEBIBYTE} MiB.bin`);
  await writeFile(path, randomBytes(size));
  return path;
}

/** The parts in their order, by the names that the command line takes. */
const PARTS: Readonly<Record<string, () => Table | Promise<Table>>> = {
  submit: async () =>
    ratioTable(
      'Submit',
      ['OmniTray', 'plain client'],
      [
        await measureSubmit('submit 1 MiB, ms', server, await makeFile(MEBIBYTE), 15),
        await measureSubmit('submit 30 MiB, ms', server, await makeFile(30 * MEBIBYTE), 7),
      ],
    ),
  run: async () =>
    ratioTable(
      'One run',
      ['OmniTray', 'plain client'],
      [
        ...(await measureFinish(server, true)),
        ...(await measureFinish(server, false)),
        await measureMemory('peak memory of a 30 MiB upload, MiB over base', server, await makeFile(30 * MEBIBYTE)),
      ],
    ),
  recipes: async () => ratioTable('Recipes', ['OmniTray', 'asked anew'], await measureCatalogue()),
  odd: measureOddReplies,
  store: measureStore,
  history: measureHistory,
  batch: () => measureBatches(server),
  live: () => measureLive(server, [1, 10, 100, 1_000]),
  window: measureWindow,
  forms: measureForms,
  rows: measureRows,
  page: () => measurePage(join(import.meta.dirname, '../../out/renderer')),
};

const named = process.argv.slice(2);
const unknown = named.find((name) => !Object.hasOwn(PARTS, name));
try {
  if (unknown !== undefined)
    throw new Error(`No part is called ${unknown}. There are: ${Object.keys(PARTS).join(', ')}.`);
  console.log(`${cpus().length} cores, Node ${process.version}. Medians; smaller is better.\n`);
  for (const [name, measure] of Object.entries(PARTS)) {
    if (named.length === 0 || named.includes(name)) printTable(await measure());
  }
} finally {
  server.stop();
  await rm(folder, { recursive: true, force: true });
}
