import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Keychain } from '../../../electron/core/connection/keychain.ts';
import type { PracticeServer } from '../../../electron/practice/server.ts';
import { json } from '../../support/scripted-server.ts';
import { connectTo, openCore } from '../../support/test-core.ts';
import { openFileKeychain } from '../../support/file-keychain.ts';
import { startHop } from './hop.ts';

export interface ConnectedHome {
  readonly folder: string;
  readonly keychain: Keychain;
  remove(): Promise<void>;
}

/** A home in which a server is connected and its recipes are listed, to be had again and again at the price of a copy. */
export interface HomeTemplate {
  /** A copy whose server has another address. */
  copyFor(origin: string): Promise<ConnectedHome>;
  remove(): Promise<void>;
}

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'omnitray-test-'));
const removed = (folder: string) => (): Promise<void> => rm(folder, { recursive: true, force: true });

/** `learned`: what each recipe takes is known already, and is not asked for again. */
export async function makeHomeTemplate(server: PracticeServer, learned: boolean): Promise<HomeTemplate> {
  const folder = await newFolder();
  const recipes = server.recipes.map(({ id }) => `GET /api/v1/workflow/${id}`);
  const hop = await startHop(server.origin, recipes);
  if (!learned) for (const route of recipes) hop.on(route, json(503, {}));
  const core = openCore({ folder, keychain: openFileKeychain(folder) });
  await connectTo(core, hop.origin, server.token);
  if (learned) await Promise.all(server.recipes.map(({ id }) => core.catalogue.load(id)));
  core.close();
  await hop.close();
  return { copyFor: (origin) => copyOf(folder, hop.origin, origin), remove: removed(folder) };
}

async function copyOf(template: string, before: string, origin: string): Promise<ConnectedHome> {
  const folder = await newFolder();
  await cp(template, folder, { recursive: true });
  for (const name of ['config.json', 'test-keychain.json']) {
    const path = join(folder, name);
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(before, origin));
  }
  return { folder, keychain: openFileKeychain(folder), remove: removed(folder) };
}
