import type { Bot } from '../context.ts';
import type { Schedule } from './schedule.ts';

export type Counts = Readonly<Record<string, number>>;

/** How a run ended. `reason` is for the owner. */
export type JobEnd =
  | { readonly kind: 'done'; readonly counts: Counts; readonly reason: string | null }
  | { readonly kind: 'failed'; readonly counts: Counts; readonly reason: string }
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
  /** `null`: not by the clock, only when somebody starts it. */
  readonly schedule: Schedule | null;
  /** How long after its slot a missed run is still worth starting. */
  readonly catchUpMs: number;
  readonly run: (bot: Bot, run: JobRun) => Promise<JobEnd>;
}
