/** The world's clock, epoch milliseconds. It never goes back. */
export interface SandboxClock {
  now(): number;
  /** Moves the clock forward; throws RangeError for a negative or absent number. */
  advance(ms: number): void;
}

/** A clock that starts at `startAt` and stands still until moved, or runs with real time. */
export function createClock(startAt: number, ticking: boolean): SandboxClock {
  const realStart = Date.now();
  let movedMs = 0;
  return {
    now: () => startAt + movedMs + (ticking ? Date.now() - realStart : 0),
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`The clock only goes forward, not by ${ms} ms.`);
      movedMs += ms;
    },
  };
}
