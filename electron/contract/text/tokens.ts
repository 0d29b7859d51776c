/** Describes a token. */
import { countWords, DAY, dayWords } from '../formats.ts';
import type { TokenView } from '../views.ts';

/** `Valid until 23 December, 30 days. May run every recipe.` */
export function tokenWords(token: TokenView, now: number): string {
  return `${validityWords(token, now)} ${mayRunWords(token)}`;
}

function validityWords(token: TokenView, now: number): string {
  if (token.expiresAt === null) return 'Has no end date.';
  const day = dayWords(token.expiresAt, now);
  if (token.expired) return `Expired ${day === 'today' || day === 'yesterday' ? day : `on ${day}`}.`;
  const left = token.expiresAt - now;
  const hours = Math.max(1, Math.round(left / (DAY / 24)));
  return `Valid until ${day}, ${left >= DAY ? countWords(Math.round(left / DAY), 'day') : countWords(hours, 'hour')}.`;
}

function mayRunWords(token: TokenView): string {
  switch (token.mayRun) {
    case 'every-recipe':
      return 'May run every recipe.';
    case 'named-recipes':
      return 'Made for certain recipes only.';
    case 'nothing':
      return 'May not run recipes.';
  }
}
