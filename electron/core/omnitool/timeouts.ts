/** How long the client waits, all in milliseconds. */
export interface Timeouts {
  /** For each of: name lookup, connection, TLS handshake. */
  readonly connect: number;
  /** From the last byte sent to the first byte of the reply, for calls the server answers at once. */
  readonly response: number;
  /**
   * The same for a start. Longer, because the server stalls for seconds while it expands pictures (wire 4) and giving
   * up on a start that did arrive leaves the run unconfirmed.
   */
  readonly start: number;
  /** The same for an upload: the server stores the file before it answers. */
  readonly stored: number;
  /** Silence on a connection that should be moving. Transfers have no other limit while bytes move. */
  readonly idle: number;
  /** A whole reply that is held in memory, so that a trickle of bytes cannot hold a call for ever. */
  readonly reply: number;
  /**
   * A whole download has this long and a millisecond for each byte: slower than 1 KB/s is no transfer but a trap.
   */
  readonly download: number;
  /** A recipe's picture: small, and nobody waits for it. */
  readonly picture: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = {
  connect: 5_000,
  response: 15_000,
  start: 60_000,
  stored: 60_000,
  idle: 30_000,
  reply: 120_000,
  download: 120_000,
  picture: 10_000,
};
