/** How long the client waits, in milliseconds. */
export interface Timeouts {
  /** For each of: name lookup, connection, TLS handshake. */
  readonly connect: number;
  /** From the last byte sent to the first byte of the reply, for calls that the server answers at once. */
  readonly response: number;
  /**
   * The same for a start. Longer, because the server stalls for seconds while it expands pictures (wire 4), and giving
   * up on a start that did arrive makes the run unconfirmed.
   */
  readonly start: number;
  /** The same for an upload: the server stores the file before it answers. */
  readonly stored: number;
  /** Silence on a connection that should be transferring. Transfers have no other limit while bytes move. */
  readonly idle: number;
  /** A whole reply that is held in memory, so that slowly dripping bytes cannot block a call for ever. */
  readonly reply: number;
  /**
   * A whole download: this long plus a millisecond for each byte, so that a server below 1 KB/s cannot block it for
   * ever.
   */
  readonly download: number;
  /** A recipe's picture: small, and not urgent. */
  readonly picture: number;
}

/** The limits of the app and the terminal; tests shorten them. */
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
