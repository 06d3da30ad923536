/** What is left of an hour's budget. Set `remaining` or `limit` at will. */
export interface Bucket {
  limit: number;
  remaining: number;
  /** Epoch milliseconds; 0: the hour begins with the next call. */
  resetAt: number;
}

export type Resource = 'core' | 'graphql';

export type Buckets = Readonly<Record<Resource, Bucket>>;

/** GitHub asks to slow down: the secondary limit, whose state nobody can query. */
export interface SlowDown {
  /** GraphQL may also answer 200 with an error in the body. */
  readonly status: 403 | 429 | 200;
  /** Null: without the header. */
  readonly retryAfterSeconds: number | null;
}

export interface PerMinute {
  rest: number;
  graphql: number;
}

export type Limits = ReturnType<typeof createLimits>;

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Buckets of one caller (docs/platforms/github.md, Limits). */
export function freshBuckets(perHour: number): Buckets {
  const bucket = () => ({ limit: perHour, remaining: perHour, resetAt: 0 });
  return { core: bucket(), graphql: bucket() };
}

/** The primary and secondary limits. */
export function createLimits(now: () => number) {
  const perMinute: PerMinute = { rest: 900, graphql: 2000 };
  const minutes = new Map<string, { startedAt: number; used: number }>();
  const ordered: SlowDown[] = [];

  return {
    perMinute,

    slowDown(times: number, slow: SlowDown): void {
      for (let count = 0; count < times; count += 1) ordered.push(slow);
    },

    /** A caller's bucket as it is now: full again when its hour is over. */
    open(bucket: Bucket): Bucket {
      if (now() < bucket.resetAt) return bucket;
      if (bucket.resetAt !== 0) bucket.remaining = bucket.limit;
      bucket.resetAt = Math.ceil((now() + hourMs) / 1000) * 1000;
      return bucket;
    },

    /** Counts a call for the secondary limit; what to answer when it goes over, else null. */
    tooFast(caller: string, kind: keyof PerMinute): SlowDown | null {
      const told = ordered.shift();
      if (told) return told;
      const key = `${kind}:${caller}`;
      const kept = minutes.get(key);
      const minute =
        kept && now() < kept.startedAt + minuteMs ? kept : { startedAt: now(), used: 0 };
      minute.used += 1;
      minutes.set(key, minute);
      return minute.used > perMinute[kind] ? { status: 403, retryAfterSeconds: 60 } : null;
    },
  };
}

/** `x-ratelimit-*` of a bucket. */
export function limitHeaders(resource: Resource, bucket: Bucket): Record<string, string> {
  return {
    'x-ratelimit-limit': String(bucket.limit),
    'x-ratelimit-remaining': String(bucket.remaining),
    'x-ratelimit-used': String(Math.max(0, bucket.limit - bucket.remaining)),
    'x-ratelimit-reset': String(bucket.resetAt / 1000),
    'x-ratelimit-resource': resource,
  };
}
