// How much one client, and all of them together, may take. Defaults of settings; tests make them small.

export interface ServeLimits {
  /** Open connections; more are closed at once. Room for 10,000 idle readers behind keep-alive. */
  readonly connectionsMax: number;
  /** From connecting, or the end of the last request, to the end of a request's head. */
  readonly headersTimeoutMs: number;
  /** To the end of a request's body, which nobody needs. */
  readonly requestTimeoutMs: number;
  /** Longer than the 60 s that proxies commonly keep a connection for, so that it is they who close it. */
  readonly keepAliveTimeoutMs: number;
  /** From an answer's beginning to its last byte in the client's hands: readers slower than that are cut. */
  readonly writeDeadlineMs: number;
  /** Request line and headers. */
  readonly headBytesMax: number;
  /** Characters of a request's target, query included. */
  readonly targetLengthMax: number;
}

export const DEFAULT_LIMITS: ServeLimits = {
  connectionsMax: 20_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 65_000,
  writeDeadlineMs: 60_000,
  headBytesMax: 16_384,
  targetLengthMax: 4_096,
};
