/** The users of this server. Their ids never change, so that tokens survive a restart. */
export interface User {
  readonly id: string;
  readonly name: string;
}

/** `practice` owns the recipes; `other` shows what another user sees. */
export const USERS = {
  practice: { id: 'practiceUser0001', name: 'practice' },
  other: { id: 'practiceUser0002', name: 'other' },
} as const satisfies Record<string, User>;

/** The key of a user in `USERS`. */
export type UserName = keyof typeof USERS;

/** The user with this id; null for an unknown id. */
export const findUser = (id: string): User | null => Object.values(USERS).find((user) => user.id === id) ?? null;
