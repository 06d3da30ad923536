import type { Text } from '../../lib/text.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/time.ts';
import type { Bot } from '../context.ts';

export type Counts<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/** How a run ended, with what it counted, by name. `reason` is for the owner. */
export type JobEnd<Name extends string> =
  | { readonly kind: 'done'; readonly counts: Counts<Name>; readonly reason: string | null }
  | { readonly kind: 'failed'; readonly counts: Counts<Name>; readonly reason: string }
  /** Something outside is away for a while: the same run is tried again after this time. */
  | { readonly kind: 'retry'; readonly afterMs: number; readonly reason: string };

export interface JobRun {
  /** Epoch milliseconds at which the job was due: the job's "now". */
  readonly slot: number;
  /** 1 for the first try of this slot. */
  readonly attempt: number;
}

/** Work of its own. Must be safe to run again from its start after a crash. */
export interface Job {
  readonly id: string;
  /** What the owner calls it. */
  readonly name: Text;
  /** `null`: not by the clock, only when somebody starts it. */
  readonly schedule: Schedule | null;
  /** How long after its slot a missed run is still worth starting. */
  readonly catchUpMs: number;
  /** How often it may be started for one slot; absent: five times. */
  readonly tries?: number;
  /** How often the triggers after it start a run again that failed; absent: never. */
  readonly again?: number;
  /** By one query: whether it has nothing to do now. Absent: it always has. */
  readonly isIdle?: (bot: Bot) => Promise<boolean>;
  /** It takes so little that the clock's own invocation runs it: a few queries, no waiting. */
  readonly isHere?: boolean;
  /** What starting it now says to people: the owner is asked first. */
  readonly warning?: Text;
  /** What its counts are called. */
  readonly counts: Readonly<Record<string, Text>>;
  readonly run: (bot: Bot, run: JobRun) => Promise<JobEnd<string>>;
}

/** A job: for everything that `run` says it counts there must be a name. */
export function defineJob<const Name extends string>(
  job: Omit<Job, 'counts' | 'run'> & {
    readonly counts: Readonly<Record<NoInfer<Name>, Text>>;
    readonly run: (bot: Bot, run: JobRun) => Promise<JobEnd<Name>>;
  },
): Job {
  return job;
}

const MOST_TRIES = 4;
const LONGEST_WAIT_MS = 60 * 60_000;

/** True when waiting is worth while: a passing failure, a short wait, and tries left. */
export function mayRetry(retryAfterMs: number | null, run: JobRun): retryAfterMs is number {
  return retryAfterMs !== null && retryAfterMs <= LONGEST_WAIT_MS && run.attempt < MOST_TRIES;
}

/** The newest instant at or before `now` at which something was due; both epoch milliseconds. */
export type Schedule = (now: number) => number;

/** No schedule here has a longer period. */
const LONGEST_PERIOD_MS = 7 * DAY_MS;

/** The first instant after `now` at which something is due; both epoch milliseconds. */
export function nextSlot(schedule: Schedule, now: number): number {
  const current = schedule(now);
  let [before, after] = [now, now + LONGEST_PERIOD_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (schedule(middle) > current) after = middle;
    else before = middle;
  }
  return after;
}

// 1970-01-01 was a Thursday.
const WEEKDAYS = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const;

/** Every so many milliseconds, counted from the epoch. */
export function every(periodMs: number): Schedule {
  return (now) => Math.floor(now / periodMs) * periodMs;
}

/** Every day at an hour (UTC, 0 to 23). */
export function daily(hourUtc: number): Schedule {
  return dailyAt([hourUtc, 0]);
}

/** Every day at each of these times (UTC, hour and minute). */
export function dailyAt(...times: readonly (readonly [hour: number, minute: number])[]): Schedule {
  const offsets = times.map(([hour, minute]) => hour * HOUR_MS + minute * MINUTE_MS);
  return (now) =>
    Math.max(...offsets.map((offset) => Math.floor((now - offset) / DAY_MS) * DAY_MS + offset));
}

/** Every week on a day at an hour (UTC, 0 to 23). */
export function weekly(day: (typeof WEEKDAYS)[number], hourUtc: number): Schedule {
  const offset = WEEKDAYS.indexOf(day) * DAY_MS + hourUtc * HOUR_MS;
  return (now) => Math.floor((now - offset) / (7 * DAY_MS)) * 7 * DAY_MS + offset;
}
