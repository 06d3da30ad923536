import type { Text } from '../../lib/text.ts';
import type { Bot } from '../context.ts';
import type { Schedule } from './schedule.ts';

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
