/** The practice server that both sides are measured against. */
export interface Server {
  readonly origin: string;
  readonly token: string;
}
