import { isObject } from '../base/json.ts';
import { type FileRecord, NEVER, withoutExpiry } from '../files/file-record.ts';
import type { FileStore } from '../files/file-store.ts';
import { readJson } from '../http/body.ts';
import { json, notOk } from '../http/reply.ts';
import type { Route } from '../http/router.ts';

/** The script of the File Manager, an extension: files of the user by their tags, the newest first (wire 13.5). */
export const fileManagerRoutes = (files: FileStore): readonly Route[] => [
  {
    method: 'POST',
    pattern: /^\/api\/v1\/mercenaries\/runscript\/omni-core-filemanager:files$/,
    access: 'cookie',
    handle: async ({ request }) => {
      const body = await readJson(request);
      if (!body.ok || !isObject(body.value)) return notOk();
      const { limit, tags } = body.value;
      const wanted = Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
      const most = Number(limit) || 50;
      const found = files.tagged(wanted).slice(0, most);
      return json(200, { files: found.map(({ file, seq, tags: own }) => ({ ...shown(file), seq, tags: own })) });
    },
  },
];

/** A permanent file has no \`expires\` here (recorded). */
const shown = (file: FileRecord) => ({
  ...withoutExpiry(file),
  ...(file.expires !== NEVER && { expires: file.expires }),
});
