import { z } from 'zod';
import { toPlainJson } from './plain-json.ts';
import { artifactsOf, fileLists, listIn, looseList, text, textOf } from './schemas.ts';
import type { ServerEvent } from './server-event.ts';

/** Said to whoever asked for a token in the chat, with the token in it (wire 1): never an answer, never to be kept. */
const TOKEN_NOTICE = /^\s*Generated token:/;

const content = z.object({ value: z.unknown().optional(), type: text });

/**
 * The body of a `chat:system` message. Recipes and the server itself both speak by it, under the same name; a recipe's
 * words come as a list, as Markdown or with attachments, a notice of the server as one plain string (wire 9.4).
 */
export const chatBody = z
  .object({
    content: z.union([z.array(content), content.transform((only) => [only])]).catch([]),
    attachments: z.record(z.string(), z.unknown()).catch({}),
  })
  .transform(({ content: parts, attachments }): readonly ServerEvent[] => {
    const { artifacts, unreadable: badFiles } = artifactsOf(fileLists.parse(attachments));
    const objects = plainOf([attachments.object, attachments.objects].flatMap((one) => looseList.parse(one)));
    const texts = plainOf(parts.flatMap(({ value }) => listIn(value)));
    const said = texts.values.map(textOf).filter((one) => one !== '' && !TOKEN_NOTICE.test(one));
    const unreadable = badFiles + objects.unreadable + texts.unreadable;
    const isMarkdown = parts.some(({ type }) => type === 'text/markdown');
    const hasAttachments = artifacts.length + objects.values.length + badFiles > 0;
    if (said.length + unreadable === 0 && !hasAttachments) return [];
    const isNotice = !isMarkdown && !hasAttachments && parts.every(({ value }) => typeof value === 'string');
    if (isNotice) return [{ type: 'other', name: 'chat:system' }];
    const format = isMarkdown ? 'markdown' : 'plain';
    return [{ type: 'chat', texts: said, format, objects: objects.values, artifacts, unreadable }];
  });

function plainOf(values: readonly unknown[]): { readonly values: readonly unknown[]; readonly unreadable: number } {
  const copies = values.filter((value) => value !== undefined && value !== null).map(toPlainJson);
  const plain = copies.filter((copy) => copy !== null);
  return { values: plain.map(({ json }) => json), unreadable: copies.length - plain.length };
}
