import type { Area, HandlerPorts } from './ports.ts';

/** Connecting to a server, switching and forgetting servers. */
export function connectionHandlers({ core }: HandlerPorts): Area<'connection'> {
  const { connection } = core;
  return {
    'connection:probe': ({ address }) => connection.probe(address),
    'connection:inspect-token': (source) => connection.inspectToken(source),
    'connection:connect': (request) => connection.connect(request),
    'connection:practice': () => connection.practice(),
    'connection:use': ({ profileId }) => connection.use(profileId),
    'connection:forget': ({ profileId }) => connection.forget(profileId),
    'connection:forget-all': async () => {
      for (const { id } of connection.view.profiles) await connection.forget(id);
      return connection.view;
    },
    'connection:rename': ({ profileId, name }) => connection.rename(profileId, name),
    'connection:check': async () => {
      await connection.startUp();
      return connection.view;
    },
  };
}
