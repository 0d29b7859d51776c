import { USERS } from '../auth/users.ts';
import { CHAT_INPUT, FORM } from '../blocks/graph.ts';
import type { Recipe } from '../recipes/recipe.ts';

/** The owner of public recipes (wire 2b). */
const PUBLIC = '-----public-----';

/** The author that every recipe of this server names. */
export const AUTHOR = 'OmniTray';

/** The user id of a recipe's owner, or the mark of a public recipe (wire 2b). */
export const ownerOf = (recipe: Recipe): string => (recipe.public ? PUBLIC : USERS.practice.id);

/** The field as an object, because a recipe without a picture does not have it (wire 2b). */
export function pictureUrl({ picture }: Recipe, origin: string): { readonly pictureUrl?: string } {
  if (picture === null) return {};
  return { pictureUrl: picture.startsWith('/') ? origin + picture : picture };
}

/** What Omnitool's page offers for a recipe: a chat, a form, or neither (wire 3). */
export function uiOf({ nodes }: Recipe, enabled: boolean) {
  const has = (block: string) => Object.values(nodes).some(({ name }) => name === block);
  return { ...(has(CHAT_INPUT) && { chat: { enabled } }), ...(has(FORM) && { formIO: { enabled } }) };
}
