/** Formats sizes, times and names in English, for the page, the terminal and notifications. */

const LOCALE = 'en-GB';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A day in ms. */
export const DAY = 24 * HOUR;

/** `1 file`, `2 files`, `1,204 files`. */
export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString(LOCALE)} ${count === 1 ? one : many}`;

/** `images`, `images and text`, `images, audio or text`. */
export function listWords(words: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} ${joint} ${last}`;
}

export const withCapital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `512 bytes`, `2.1 MB`. Steps of 1,024, so that the server's limit of 33,554,432 bytes reads as 32 MB. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_024) return countWords(bytes, 'byte');
  const units = ['KB', 'MB', 'GB', 'TB'];
  let size = bytes / 1_024;
  let unit = 0;
  // 1,023.5 KB would round to "1024 KB", so it counts as 1 MB.
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1_024;
    unit += 1;
  }
  const rounded = size < 9.95 ? Math.round(size * 10) / 10 : Math.round(size);
  return `${rounded.toLocaleString(LOCALE)} ${units[unit] ?? 'TB'}`;
}

/** `0.4 s`, `48 s`, `2 min 5 s`, `1 h 4 min`, `3 days`. */
export function durationWords(ms: number): string {
  const time = Math.max(0, ms);
  if (time < 50) return 'less than 0.1 s';
  if (time < 9_950) return `${Math.round(time / 100) / 10} s`;
  const seconds = Math.round(time / SECOND);
  if (seconds < 60) return `${seconds} s`;
  if (time < HOUR) return pairWords(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(time / MINUTE);
  if (time < 2 * DAY) return pairWords(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  return countWords(Math.round(time / DAY), 'day');
}

/** Longer spans, in ms, mean that the clock was set in between. */
const LONGEST_SPAN = 30 * DAY;

/** The time between two readings of the system clock, in ms; null when the clock was evidently set in between. */
export function spanBetween(from: number, to: number): number | null {
  const span = to - from;
  return span > 0 && span < LONGEST_SPAN ? span : null;
}

const pairWords = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** Elapsed time: `0:06`, `12:30`, `1:02:05`, and `1 d 9 h` from a day on. */
export function elapsedWords(ms: number): string {
  if (ms >= DAY) return pairWords(Math.floor(ms / DAY), 'd', Math.floor((ms % DAY) / HOUR), 'h');
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const two = (value: number): string => value.toString().padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const sameDay = (one: Date, other: Date): boolean => one.toDateString() === other.toDateString();

const yesterdayOf = (now: Date): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);

/** `today`, `yesterday`, `23 December`; with the year when it is not the current one. */
export function dayWords(at: number, now: number): string {
  const [day, today] = [new Date(at), new Date(now)];
  if (sameDay(day, today)) return 'today';
  if (sameDay(day, yesterdayOf(today))) return 'yesterday';
  const year = day.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' as const };
  return day.toLocaleDateString(LOCALE, { day: 'numeric', month: 'long', ...year });
}

/** `14:02` for today; `yesterday 14:02`, `23 December 14:02` for other days. */
export function timeWords(at: number, now: number): string {
  const time = new Date(at).toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit' });
  const day = dayWords(at, now);
  return day === 'today' ? time : `${day} ${time}`;
}

/** `14:02:11`; with the day, `25 November 14:02:11`, when it is not the day of `before`. */
export function secondsWords(at: number, before: number | null): string {
  const [moment, last] = [new Date(at), new Date(before ?? at)];
  const time = moment.toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return sameDay(moment, last)
    ? time
    : `${moment.toLocaleDateString(LOCALE, { day: 'numeric', month: 'long' })} ${time}`;
}

/** A longer part after the last dot is not an extension: `notes.my long afterthought` has none. */
const LONGEST_EXTENSION = 8;

/** Cuts a name in its middle to `max` characters, so that its beginning and its extension stay readable. */
export function middleTruncate(name: string, max: number): string {
  const letters = Array.from(name);
  if (letters.length <= max) return name;
  const dot = letters.lastIndexOf('.');
  const extension = dot > 0 && letters.length - dot - 1 <= LONGEST_EXTENSION ? letters.length - dot : 0;
  const room = Math.max(1, max) - 1;
  // The tail has the extension and a little of the name before it, at most half of the characters.
  const tail = Math.min(extension + Math.floor((room - extension) / 3), Math.floor(room / 2));
  const end = tail > 0 ? letters.slice(-tail).join('') : '';
  return `${letters
    .slice(0, room - tail)
    .join('')
    .trimEnd()}…${end}`;
}
