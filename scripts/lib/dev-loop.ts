import { mergeConfig, resolveConfig } from 'electron-vite';
import { build, createServer, type InlineConfig, type Rolldown, type ViteDevServer } from 'vite';

/** The app as `npm run dev` runs it: on real Electron, or in the stand-in host. */
export interface DevApp {
  /** Starts the app, or ends and starts it again after a build. */
  start(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Serves the page with Vite, builds main and preload now and after each change, and starts the app after each build. Ends
 * with Ctrl+C, or when the app calls `quit`.
 */
export async function develop(
  root: string,
  open: (server: ViteDevServer, quit: () => void) => Promise<DevApp>,
): Promise<void> {
  const ending = Promise.withResolvers<undefined>();
  const quit = (): void => ending.resolve(undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  const { config } = await resolveConfig({ root, logLevel: 'warn' }, 'serve', 'development');
  if (config === undefined) throw new Error('electron.vite.config.ts cannot be read.');
  const server = await createServer(config.renderer);
  await server.listen();
  const app = await open(server, quit).catch(async (failure: unknown) => {
    await server.close();
    throw failure;
  });
  let starting = Promise.resolve();
  const watchers = await watch([config.main ?? {}, config.preload ?? {}], () => {
    starting = starting.then(() => app.start());
  });
  await ending.promise;
  await Promise.all(watchers.map((watcher) => watcher.close()));
  await starting;
  await app.end();
  await server.close();
  console.log('Ended.');
}

/** Builds all, now and after each change; `onBuilt` is called when no build is going on and none failed. */
function watch(configs: readonly InlineConfig[], onBuilt: () => void): Promise<readonly Rolldown.RolldownWatcher[]> {
  const unbuilt = new Set(configs);
  return Promise.all(
    configs.map(async (config) => {
      const watched = mergeConfig(config, { build: { watch: {}, emptyOutDir: false } });
      const watcher = (await build(watched)) as Rolldown.RolldownWatcher;
      watcher.on('event', (event) => {
        if (event.code === 'START') unbuilt.add(config);
        if (event.code === 'BUNDLE_END') void event.result.close();
        if (event.code === 'ERROR') console.log('The build failed. The app stays as it was.');
        if (event.code === 'END' && unbuilt.delete(config) && unbuilt.size === 0) onBuilt();
      });
      return watcher;
    }),
  );
}
