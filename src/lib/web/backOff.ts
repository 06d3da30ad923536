import type { Runtime } from '../runtime.ts';
import { DAY_MS, dayOf, MINUTE_MS } from '../time.ts';

const WAITS_MS = [1, 2, 4, 8].map((minutes) => minutes * MINUTE_MS);

/** A site that asks for a longer silence is asked again after this all the same. */
const LONGEST_STATED_MS = 7 * DAY_MS;

/** Every zone's offset is a multiple of this, so every day starts on one. */
const ZONE_STEP_MS = 15 * MINUTE_MS;

/** What is remembered of failures in a row. */
export interface BackOff {
  readonly failures?: number;
  /** Epoch milliseconds; no call before. */
  readonly notBefore?: number;
}

/**
 * What to remember after one more failure: wait 1, 2, 4, then 8 minutes (up to half as long again,
 * by chance), after that until the next day. A wait the site itself stated takes the place of the
 * minutes, and the day's end holds all the same.
 */
export function backOff({
  runtime,
  timeZone,
  memory,
  statedMs,
}: {
  readonly runtime: Pick<Runtime, 'now' | 'randomBytes'>;
  /** IANA name; says when the next day starts. */
  readonly timeZone: string;
  readonly memory: BackOff;
  readonly statedMs?: number | undefined;
}): Required<BackOff> {
  const now = runtime.now();
  const failures = failuresToday(memory, now, timeZone) + 1;
  const waitMs = WAITS_MS[failures - 1];
  const stated = statedMs === undefined ? undefined : Math.min(statedMs, LONGEST_STATED_MS);
  if (waitMs === undefined) {
    return { failures, notBefore: Math.max(nextDayAt(now, timeZone), now + (stated ?? 0)) };
  }
  return { failures, notBefore: now + (stated ?? jittered(waitMs, runtime)) };
}

function failuresToday(memory: BackOff, now: number, timeZone: string): number {
  const { failures = 0, notBefore = 0 } = memory;
  const gaveUp = failures > WAITS_MS.length;
  return gaveUp || dayOf(notBefore, timeZone) !== dayOf(now, timeZone) ? 0 : failures;
}

function jittered(waitMs: number, runtime: Pick<Runtime, 'randomBytes'>): number {
  const [byte = 0] = runtime.randomBytes(1);
  return Math.round(waitMs * (1 + byte / 510));
}

function nextDayAt(now: number, timeZone: string): number {
  const today = dayOf(now, timeZone);
  let at = now - (now % ZONE_STEP_MS);
  while (dayOf(at, timeZone) === today) at += ZONE_STEP_MS;
  return at;
}
