/**
 * The driver's clock inside the Worker. It stands still during an invocation but for what calls
 * take, and while the other side is silent: then the Worker's own patience is over at once, and its
 * time has passed.
 */
let nowMs = 0;

export const clock = {
  now: () => nowMs,
  moveTo(at: number) {
    nowMs = Math.max(nowMs, at);
  },
};

interface Timer {
  readonly ms: number;
  readonly fire: () => void;
}

const timers = new Map<number, Timer>();
const [start, stop] = [setTimeout.bind(globalThis), clearTimeout.bind(globalThis)];

Reflect.set(globalThis, 'setTimeout', (fire: () => void, ms = 0) => {
  const id = start(() => {
    timers.delete(id);
    fire();
  }, ms);
  timers.set(id, { ms, fire });
  return id;
});
Reflect.set(globalThis, 'clearTimeout', (id: number) => {
  timers.delete(id);
  stop(id);
});

/** Nothing comes back: the shortest patience that waits is over. */
export async function breakOff(signal: AbortSignal | null): Promise<never> {
  const [shortest] = [...timers].toSorted(([, one], [, other]) => one.ms - other.ms);
  if (shortest) {
    const [id, { ms, fire }] = shortest;
    timers.delete(id);
    stop(id);
    nowMs += ms;
    fire();
  }
  throw signal?.reason ?? new TypeError('fetch failed: the other side is silent');
}
