import type { Chat } from './types.ts';

/** How fast a bot may send (docs/platforms/telegram.md, Limits). Change them at will. */
export interface Limits {
  /** Messages a second, of the whole bot. */
  perSecond: number;
  /** Messages to one chat that may come at once; after them one a second. */
  chatBurst: number;
  perGroupMinute: number;
}

interface Bucket {
  level: number;
  at: number;
}

/** The sandbox's own: how long a burst Telegram tolerates is not published. */
export function publishedLimits(): Limits {
  return { perSecond: 30, chatBurst: 5, perGroupMinute: 20 };
}

/** Counts a message. Gives the whole seconds to wait when it is one too many, else null. */
export type CountMessage = (chat: Chat) => number | null;

export function createFlood(now: () => number, limits: Limits): CountMessage {
  const buckets = new Map<string, Bucket>();

  /** Milliseconds until there is room for one more, 0 when there is. */
  function missing(key: string, size: number, perMs: number): { waitMs: number; take(): void } {
    const old = buckets.get(key) ?? { level: 0, at: now() };
    const level = Math.max(0, old.level - (now() - old.at) * perMs);
    const waitMs = Math.max(0, level + 1 - size) / perMs;
    return { waitMs, take: () => void buckets.set(key, { level: level + 1, at: now() }) };
  }

  return ({ id, type }) => {
    const { perSecond, chatBurst, perGroupMinute } = limits;
    const rules = [
      missing('bot', perSecond, perSecond / 1000),
      missing(`chat:${id}`, chatBurst, 1 / 1000),
      ...(type === 'private'
        ? []
        : [missing(`group:${id}`, perGroupMinute, perGroupMinute / 60_000)]),
    ];
    const waitMs = Math.max(...rules.map((rule) => rule.waitMs));
    if (waitMs > 0) return Math.ceil(waitMs / 1000);
    for (const rule of rules) rule.take();
    return null;
  };
}
