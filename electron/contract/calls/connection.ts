import { z } from 'zod';
import type { ConnectionView, ServerProbe, TokenView } from '../views.ts';
import { id, nothing, takes, textUpTo } from './call.ts';

const address = textUpTo('address');
const token = textUpTo('token').min(1);

/** The main process reads a pasted token from the clipboard, so that it never enters the page. */
const tokenSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('clipboard') }),
  z.strictObject({ from: z.literal('typed'), token }),
]);

export const CONNECTION_CALLS = {
  'connection:probe': takes(z.strictObject({ address })).gives<ServerProbe>(),
  /** Decodes a token. One from the clipboard is kept in memory until `connection:connect`. */
  'connection:inspect-token': takes(tokenSource).gives<TokenView>(),
  'connection:connect': takes(
    z.strictObject({ address, token: tokenSource, keep: z.enum(['keychain', 'session']), allowInsecure: z.boolean() }),
  ).gives<ConnectionView>(),
  'connection:practice': nothing.gives<ConnectionView>(),
  'connection:use': takes(z.strictObject({ profileId: id })).gives<ConnectionView>(),
  'connection:forget': takes(z.strictObject({ profileId: id })).gives<ConnectionView>(),
  'connection:forget-all': nothing.gives<ConnectionView>(),
  /** Changes the name that the user gave a server. */
  'connection:rename': takes(
    z.strictObject({ profileId: id, name: textUpTo('server-name').trim().min(1) }),
  ).gives<ConnectionView>(),
  'connection:check': nothing.gives<ConnectionView>(),
} as const;
