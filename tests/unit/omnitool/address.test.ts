import { describe, expect, it } from 'vitest';
import { AddressError, normaliseAddress } from '../../../electron/core/omnitool/address.ts';

const problemOf = (input: string): string => {
  try {
    normaliseAddress(input);
  } catch (failure) {
    if (failure instanceof AddressError) return failure.problem;
    throw failure;
  }
  return 'none';
};

describe('an address as typed', () => {
  it.each([
    ['127.0.0.1:1688', 'http://127.0.0.1:1688', true],
    ['  localhost:1688/ ', 'http://localhost:1688', true],
    ['http://LOCALHOST:1688/index.html?x=1#y', 'http://localhost:1688', true],
    ['[::1]:1688', 'http://[::1]:1688', true],
    ['::1', 'http://[::1]', true],
    ['lab.localhost', 'http://lab.localhost', true],
    ['192.168.1.20:1688', 'http://192.168.1.20:1688', false],
    ['10.1.2.3', 'http://10.1.2.3', false],
    ['fd00::5', 'http://[fd00::5]', false],
    ['nas:1688', 'http://nas:1688', false],
    ['studio.local', 'http://studio.local', false],
    ['omnitool.example.org', 'https://omnitool.example.org', true],
    ['omnitool.example.org:1688/', 'https://omnitool.example.org:1688', true],
    ['8.8.8.8', 'https://8.8.8.8', true],
    ['http://omnitool.example.org', 'http://omnitool.example.org', false],
    ['HTTPS://Example.org:443/a/b', 'https://example.org', true],
    ['http://host:1688/', 'http://host:1688', false],
    ['münchen.example', 'https://xn--mnchen-3ya.example', true],
  ])('%j is %s', (input, origin, secure) => {
    expect(normaliseAddress(input)).toEqual({ origin, secure });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['ftp://example.org', 'scheme'],
    ['file:/etc/passwd', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['http://', 'malformed'],
    ['http://user:secret@example.org', 'credentials'],
    ['user@example.org', 'credentials'],
    ['two words.example', 'malformed'],
    ['http://example.org\\@other.example', 'malformed'],
    ['host:99999', 'malformed'],
    ['host:0', 'malformed'],
    ['http://[::1', 'malformed'],
    [`http://${'a'.repeat(3_000)}`, 'malformed'],
  ])('%j is refused as %s', (input, problem) => {
    expect(problemOf(input)).toBe(problem);
  });

  it('has no password in its message', () => {
    expect(() => normaliseAddress('http://user:hunter2@example.org')).not.toThrow(/hunter2/);
  });
});
