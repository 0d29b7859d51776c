import type { ConnectionView } from '../views.ts';

/** The state of the connection, for the first line of the tray menu, the window's corner and the terminal. */
export function connectionWords({
  status,
  profile,
  problem,
}: Pick<ConnectionView, 'status' | 'profile' | 'problem'>): string {
  const name = profile?.name ?? 'the server';
  switch (status) {
    case 'none':
      return 'Not connected yet';
    case 'checking':
      return `Looking for ${name}`;
    case 'online':
      return `Connected to ${name}`;
    case 'offline':
      return `${name} does not answer`;
    case 'expired':
      return `The token for ${name} has expired`;
    case 'refused':
      return `${name} needs a new token`;
    case 'locked':
      return problem?.code === 'keychain-unanswered' ? 'The keychain does not answer' : 'The keychain is locked';
  }
}
