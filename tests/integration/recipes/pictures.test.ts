import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../electron/core/base/clock.ts';
import { silentLogger } from '../../../electron/core/base/logger.ts';
import { Catalogue } from '../../../electron/core/recipes/catalogue.ts';
import { pictureFolder } from '../../../electron/core/recipes/pictures.ts';
import { NotReady, type Servers } from '../../../electron/core/model/servers.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { RecipeStore } from '../../../electron/core/store/recipe-store.ts';
import { reply, type ScriptedServer, startScriptedServer } from '../../support/scripted-server.ts';
import { makeHome, type TestHome } from '../../support/test-core.ts';

const PNG = readFileSync(join(import.meta.dirname, '../../../resources/samples/hills.png'));
const listing = (id: string, pictureUrl: string | null) => ({
  id,
  name: id,
  description: '',
  author: '',
  tags: [],
  mine: true,
  updatedAt: 1,
  pictureUrl,
});

/** These tests fetch pictures only. */
const noServers: Servers = {
  serverFor: () => Promise.reject(new NotReady('server-away')),
  userOf: () => null,
  report: () => undefined,
  check: () => Promise.resolve(false),
  onReady: () => () => undefined,
};

let server: ScriptedServer;
let home: TestHome;
let close: () => void;

beforeEach(async () => {
  server = await startScriptedServer();
  home = await makeHome();
});
afterEach(async () => {
  close();
  await server.close();
  await home.remove();
});

/** The catalogue of a profile whose recipes were listed before. */
function openCatalogue(): Catalogue {
  const { database } = openDatabase(home.folder, 1);
  const store = new RecipeStore(database);
  store.replace('p', [listing('a,1', 'shared.png'), listing('b', 'shared.png'), listing('c', null)], 1);
  const catalogue = new Catalogue({
    store,
    servers: noServers,
    clock: systemClock,
    logger: silentLogger,
    pictureFolder: (profileId) => pictureFolder(home.folder, profileId),
    fetchPicture: async (_profileId, pictureUrl, signal) => {
      const answer = await fetch(`${server.origin}/${pictureUrl}`, { signal });
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    },
  });
  close = () => {
    catalogue.close();
    database.close();
  };
  catalogue.use('p');
  return catalogue;
}

describe('pictures of recipes', () => {
  it('are fetched when a recipe is in view, published, and there at the next start', async () => {
    server.on('GET /shared.png', reply(200, PNG));
    const catalogue = openCatalogue();
    expect(catalogue.find('b')?.picture).toBeNull();
    expect(catalogue.picture('b')).toBeNull();
    const told: (string | null)[] = [];
    catalogue.onUpdated((recipes) => told.push(...recipes.map(({ picture }) => picture)));
    catalogue.want(['b', 'c']);
    await vi.waitUntil(() => told.length === 2, 30_000);
    expect(told.toSorted()).toEqual(['omnitray-artifact://recipe/a%2C1', 'omnitray-artifact://recipe/b']);
    expect(server.asked).toHaveLength(1);
    close();
    const again = openCatalogue();
    expect(again.find('a,1')?.picture).toBe('omnitray-artifact://recipe/a%2C1');
    expect(readFileSync(again.picture('a,1')?.path ?? '')).toEqual(PNG);
    expect(again.picture('c')).toBeNull();
    expect(again.picture('unheard-of')).toBeNull();
  });

  it('are removed with their profile', async () => {
    server.on('GET /shared.png', reply(200, PNG));
    const catalogue = openCatalogue();
    catalogue.want(['b']);
    await vi.waitUntil(() => catalogue.picture('b') !== null, 30_000);
    expect(existsSync(pictureFolder(home.folder, 'p'))).toBe(true);
    await catalogue.forget('p');
    expect(existsSync(pictureFolder(home.folder, 'p'))).toBe(false);
    expect(catalogue.view).toMatchObject({ status: 'empty', recipes: [] });
  });
});
