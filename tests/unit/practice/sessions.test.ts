import { describe, expect, it } from 'vitest';
import { Sessions } from '../../../electron/practice/auth/sessions.ts';

const DAY = 24 * 3_600_000;
const valueOf = (setCookie: string): string => setCookie.split(';')[0] ?? '';

describe('sessions', () => {
  it('are found by their cookie, verbatim or decoded, among others', () => {
    const sessions = new Sessions('secret', () => 0);
    for (let n = 0; n < 50; n++) {
      const session = sessions.create('user', []);
      const cookie = valueOf(sessions.setCookie(session));
      expect(sessions.find(`a=1; ${cookie}; b=2`)).toBe(session);
      expect(sessions.find(decodeURIComponent(cookie))).toBe(session);
    }
    expect(sessions.count).toBe(50);
  });

  it('are not found by a forged, damaged or anonymous cookie', () => {
    const sessions = new Sessions('secret', () => 0);
    const cookie = valueOf(sessions.setCookie(sessions.create('user', [])));
    const strange = valueOf(new Sessions('other', () => 0).setCookie(null));
    const anonymous = valueOf(sessions.setCookie(null));
    for (const header of [undefined, '', 'sessionId=', `${cookie}x`, 'sessionId=%zz', strange, anonymous]) {
      expect(sessions.find(header)).toBeNull();
    }
  });

  it('end at logout, and 7 days after their last use', () => {
    let now = 0;
    const sessions = new Sessions('secret', () => now);
    const kept = sessions.create('user', []);
    const ended = sessions.create('user', []);
    sessions.end(ended);
    expect(sessions.find(valueOf(sessions.setCookie(ended)))).toBeNull();
    now = 6 * DAY;
    expect(sessions.find(valueOf(sessions.setCookie(kept)))).toBe(kept);
    now = 12 * DAY;
    expect(sessions.find(valueOf(sessions.setCookie(kept)))).toBe(kept);
    now = 20 * DAY;
    expect(sessions.find(valueOf(sessions.setCookie(kept)))).toBeNull();
  });

  it('have the attributes of the real server, and no others', () => {
    const cookie = new Sessions('secret', () => Date.UTC(2026, 10, 23)).setCookie(null);
    expect(cookie).toMatch(
      /^sessionId=[\w-]{32}\.[\w%]{43,}; Path=\/; Expires=Mon, 30 Nov 2026 00:00:00 GMT; SameSite=Lax$/,
    );
  });
});
