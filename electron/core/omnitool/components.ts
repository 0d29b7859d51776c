import { z } from 'zod';
import { MEBIBYTE, type Ask } from './ask.ts';
import { readReply } from './replies.ts';
import { fieldsOf } from './schemas.ts';

/** The server answers whole definitions of some hundred blocks; there is no shorter list of them. */
const COMPONENTS = '/api/v1/mercenaries/components?includeDefinitions=false';
const ROUTE = '/api/v1/mercenaries/components';
const MAX_REPLY = 32 * MEBIBYTE;
const MOST_VALUES = 300_000;

const componentsReply = z
  .array(z.unknown())
  .transform((entries) => entries.map((entry) => fieldsOf(entry).name).filter((name) => typeof name === 'string'));

/**
 * The keys of the blocks that the server has installed (`omnitool.chat_input`). The route and the shape of the reply
 * are from the source of the server (omni-server, `handlers/components.ts`), not from a recording. An empty list means
 * that the reply could not be read.
 *
 * @throws OmnitoolError
 */
export async function installedBlocks(ask: Ask, signal?: AbortSignal): Promise<readonly string[]> {
  const reply = await ask({ method: 'GET', path: COMPONENTS, route: ROUTE, maxReply: MAX_REPLY, signal });
  return readReply(reply, componentsReply, MOST_VALUES);
}
