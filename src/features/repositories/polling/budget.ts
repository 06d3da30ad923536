import * as v from 'valibot';
import { HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import { readSetting, writeSetting } from '../../../store/settings.ts';
import type { Talk } from './talk.ts';

const KEY = 'github-budget';
/** So many points are kept for people who register or ask. */
const RESERVE = 200;

const pause = v.object({ until: v.number() });

/** Milliseconds for which GitHub is to be left alone; 0: it may be asked. */
export async function pauseMs(db: D1Database, now: number): Promise<number> {
  const kept = await readSetting(db, KEY, pause);
  // No limit of GitHub's lasts longer than an hour; a wrong clock must not stop us for longer.
  return kept === null ? 0 : Math.min(HOUR_MS, Math.max(0, kept.until - now));
}

/** Leaves GitHub alone after a talk that met a limit, or came near it. */
export async function keepPause(db: D1Database, talk: Talk, now: number): Promise<void> {
  const { stopped, budget } = talk;
  const limitedMs =
    stopped !== null && stopped !== 'no-calls-left' && stopped.reason === 'rate-limited'
      ? (stopped.retryAfterMs ?? MINUTE_MS)
      : 0;
  const lowUntil = budget !== null && budget.remaining < RESERVE ? budget.resetAt : 0;
  // Full minutes, so that shards that meet the same limit write the same.
  const until = Math.ceil(Math.max(now + limitedMs, lowUntil) / MINUTE_MS) * MINUTE_MS;
  if (until - now > MINUTE_MS || limitedMs > 0) await writeSetting(db, KEY, { until }, now);
}
