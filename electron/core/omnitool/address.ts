import type { ErrorView } from '../../contract/errors.ts';
import { CodedError } from '../base/coded-error.ts';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** What is wrong with a typed address. */
export type AddressProblem = 'empty' | 'malformed' | 'scheme' | 'credentials';

/** The typed text cannot be the address of a server. The message does not repeat it, because it may hold a password. */
export class AddressError extends CodedError {
  override readonly name = 'AddressError';
  readonly code = 'bad-address';
  readonly problem: AddressProblem;

  constructor(problem: AddressProblem) {
    super(`The address cannot be used: ${problem}`);
    this.problem = problem;
  }

  toView(): ErrorView {
    return { code: this.code, detail: null };
  }
}

/** A typed address that can be used. */
export interface ServerAddress {
  /** Scheme, host and port. The token is sent to this origin only. */
  readonly origin: string;
  /** Whether the connection protects the token: https, or this machine itself. */
  readonly secure: boolean;
}

/**
 * Turns what the user types into the origin of a server: `127.0.0.1:1688`, `omnitool.example.org`, `http://host:1688/`.
 * Without a scheme, names and addresses of this machine or the local network get http, because a stock server speaks
 * nothing else. All others get https: plain http over the internet needs an explicit `http://`.
 *
 * @throws AddressError
 */
export function normaliseAddress(input: string): ServerAddress {
  const typed = input.trim();
  if (typed === '') throw new AddressError('empty');
  if (typed.length > 2_048 || hasBlanks(typed)) throw new AddressError('malformed');
  const url = parse(withScheme(isIPv6(typed) ? `[${typed}]` : typed));
  if (url.username !== '' || url.password !== '') throw new AddressError('credentials');
  return { origin: url.origin, secure: url.protocol === 'https:' || isLoopback(url.hostname) };
}

const hasBlanks = (typed: string): boolean => /[\s\p{Cc}\\]/u.test(typed);

function withScheme(typed: string): string {
  if (/^https?:\/\//i.test(typed)) return typed;
  // `localhost:1688` is a host and a port; `file:/x` and `mailto:x` are not.
  if (/^[a-z][a-z\d+.-]*:(?!\d|$)/i.test(typed)) throw new AddressError('scheme');
  return isNearby(parse(`http://${typed}`).hostname) ? `http://${typed}` : `https://${typed}`;
}

function parse(text: string): URL {
  const url = URL.parse(text);
  if (url === null || url.hostname === '' || url.port === '0') throw new AddressError('malformed');
  return url;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

const localNetwork = new BlockList();
localNetwork.addSubnet('10.0.0.0', 8);
localNetwork.addSubnet('172.16.0.0', 12);
localNetwork.addSubnet('192.168.0.0', 16);
localNetwork.addSubnet('169.254.0.0', 16);
localNetwork.addSubnet('100.64.0.0', 10);
localNetwork.addSubnet('fc00::', 7, 'ipv6');
localNetwork.addSubnet('fe80::', 10, 'ipv6');

/** The URL parser writes IPv6 hosts in brackets. */
const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');
const listed = (list: BlockList, host: string): boolean =>
  isIP(host) !== 0 && list.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');

function isLoopback(hostname: string): boolean {
  const host = bare(hostname);
  return host === 'localhost' || host.endsWith('.localhost') || listed(loopback, host);
}

function isNearby(hostname: string): boolean {
  const host = bare(hostname);
  if (isIP(host) !== 0) return listed(loopback, host) || listed(localNetwork, host);
  return !host.includes('.') || /\.(localhost|local|lan|home\.arpa|internal)$/.test(host);
}
