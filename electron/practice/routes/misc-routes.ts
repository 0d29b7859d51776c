import { findUser } from '../auth/users.ts';
import { installedBlocks } from '../blocks/registry.ts';
import type { EventStreams, StreamMessage } from '../events/event-streams.ts';
import { readJson } from '../http/body.ts';
import { html, json, misfit, text } from '../http/reply.ts';
import type { Route, SignedInCall } from '../http/router.ts';

/** The version that this server imitates. */
const VERSION = '1.0.4';

/** Probes, the event stream, and routes of which only the access is known (wire 1, 9, 10). */
export function miscRoutes(streams: EventStreams): readonly Route[] {
  return [
    { method: 'GET', pattern: /^\/version$/, access: 'open', handle: () => text(200, VERSION) },
    {
      method: 'GET',
      pattern: /^\/$/,
      access: 'open',
      handle: () => html(503, '<h1>The web page is not installed</h1>'),
    },
    {
      method: 'GET',
      pattern: /^\/api\/v1\/mercenaries\/ping$/,
      access: 'open',
      handle: () => json(200, { ping: 'pong', payload: {} }),
    },
    {
      method: 'POST',
      pattern: /^\/api\/v1\/mercenaries\/ping$/,
      access: 'cookie',
      handle: async ({ request }) => {
        const body = await readJson(request);
        return body.ok ? json(200, { ping: 'pong', payload: body.value }) : misfit();
      },
    },
    {
      method: 'GET',
      pattern: /^\/api\/v1\/mercenaries\/listen$/,
      access: 'cookie',
      handle: ({ session, query, request, response }) => {
        const welcome = query.get('reconnect') === '1' ? null : welcomeTo(session.userId);
        streams.open(session, request, response, welcome);
        return null;
      },
    },
    // From the server's source, not recorded: whole definitions, of which clients need the name.
    {
      method: 'GET',
      pattern: /^\/api\/v1\/mercenaries\/components$/,
      access: 'cookie',
      handle: () =>
        json(
          200,
          installedBlocks().map((name) => ({ name })),
        ),
    },
    // Their replies were not recorded, only that they need the cookie.
    ...['chat/[^/]+', 'mercenaries/integrations', 'mercenaries/extensions'].map((path): Route => ({
      method: 'GET',
      pattern: new RegExp(`^/api/v1/${path}$`),
      access: 'cookie',
      handle: (call: SignedInCall) => json(200, { user: call.session.userId }),
    })),
  ];
}

const welcomeTo = (userId: string): StreamMessage => ({
  type: 'chat',
  to: userId,
  from: 'omni',
  body: {
    content: [{ value: `Welcome to the practice server, *@${findUser(userId)?.name ?? ''}*.`, type: 'text/markdown' }],
    attachments: { commands: [{ title: '/help', id: 'help', args: [], classes: ['animate-pulse'] }] },
  },
});
