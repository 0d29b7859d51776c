/** The people this server knows. Their ids never change, so that tokens outlive a restart. */
export interface User {
  readonly id: string;
  readonly name: string;
}

/** `practice` owns the recipes; `other` is there to see what a stranger sees. */
export const USERS = {
  practice: { id: 'practiceUser0001', name: 'practice' },
  other: { id: 'practiceUser0002', name: 'other' },
} as const satisfies Record<string, User>;

export type UserName = keyof typeof USERS;

export const findUser = (id: string): User | null => Object.values(USERS).find((user) => user.id === id) ?? null;
