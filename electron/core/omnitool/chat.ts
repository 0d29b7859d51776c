import { z } from 'zod';
import { toPlainJson } from './plain-json.ts';
import { artifactsOf, fileLists, keptOf, listIn, listOf, looseList, text, textOf } from './schemas.ts';
import type { ServerEvent } from './server-event.ts';

/**
 * The server's reply to a request for a token in the chat. It holds the token (wire 1), so it is never kept or shown.
 */
const TOKEN_NOTICE = /^\s*Generated token:/;

/** Every message of a recipe has it, and no other message does (recorded). */
const OF_RECIPE = 'no-picture';

const content = z.object({ value: z.unknown().optional(), type: text });
const chatBody = z.object({
  content: z.union([listOf(content), content.transform((only) => [only])]).catch([]),
  attachments: z.looseObject({}).catch({}),
});

/**
 * A `chat:system` message. Recipes and the server itself use the same name. Messages of recipes are flagged, or come as
 * a list, as Markdown or with attachments; a notice of the server is one plain string (wire 9.4).
 */
export const chatMessage = z
  .object({ flags: listOf(z.string()).catch([]), body: chatBody })
  .transform(({ flags, body: { content: parts, attachments } }): readonly ServerEvent[] => {
    const { artifacts, unreadable, unkept } = artifactsOf(fileLists.parse(attachments));
    const objects = plainOf([attachments.object, attachments.objects].flatMap((one) => looseList.parse(one)));
    const words = plainOf(parts.flatMap(({ value }) => listIn(value)));
    const texts = words.kept.map(textOf).filter((one) => one !== '' && !TOKEN_NOTICE.test(one));
    const unkeptValues = objects.unkept + words.unkept + unkept;
    const attached = artifacts.length + objects.kept.length + unreadable + unkeptValues;
    if (texts.length + attached === 0) return [];
    const isMarkdown = parts.some(({ type }) => type === 'text/markdown');
    const isList = parts.some(({ value }) => Array.isArray(value));
    if (!flags.includes(OF_RECIPE) && !isMarkdown && !isList && attached === 0)
      return [{ type: 'other', name: 'chat:system' }];
    const format = isMarkdown ? 'markdown' : 'plain';
    return [{ type: 'chat', texts, format, objects: objects.kept, artifacts, unreadable, unkeptValues }];
  });

const plainOf = (values: readonly unknown[]): ReturnType<typeof keptOf> =>
  keptOf(
    values.filter((value) => value !== undefined && value !== null),
    (value) => {
      const plain = toPlainJson(value);
      return plain === null ? null : { kept: plain.json };
    },
  );
