/**
 * What a Worker takes from the world around it. Core code gets it as a parameter, so that a test
 * (or the sandbox) can move the clock and stand in for the network.
 */
export interface Runtime {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Cryptographically strong random bytes. */
  readonly randomBytes: (length: number) => Uint8Array<ArrayBuffer>;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** The real clock, randomness and network. */
export const systemRuntime: Runtime = {
  now: () => Date.now(),
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  fetch: (request) => fetch(request),
};
