/** Start of X's ids, epoch milliseconds. */
const epochMs = 1_288_834_974_657;

/** Ids as X makes them: milliseconds since its epoch, shifted by 22 bits, always growing. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const timed = BigInt(Math.max(Math.floor(now()) - epochMs, 0)) << 22n;
    last = timed > last ? timed : last + 1n;
    return String(last);
  };
}
