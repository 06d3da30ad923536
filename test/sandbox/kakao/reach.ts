import type { Deliver } from '../x/crc.ts';

/**
 * An answer within a limit of real time and of the world's clock; null when it came later, or not at
 * all.
 */
export async function answerWithin(
  deliver: Deliver,
  request: Request,
  limitMs: number,
  now: () => number,
): Promise<Response | null> {
  const startedAt = now();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs);
  });
  try {
    const response = await Promise.race([deliver(request).catch(() => null), late]);
    return now() - startedAt > limitMs ? null : response;
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}
