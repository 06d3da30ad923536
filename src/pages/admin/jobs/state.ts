import type { Bot } from '../../../bot/context.ts';
import { jobsOf } from '../../../bot/jobs/table.ts';
import type { Job } from '../../../bot/jobs/types.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { PROGRESS_TO, type RunProgress, runProgress } from '../../../store/runCounts.ts';
import { latestRuns, type Run } from '../../../store/runs.ts';
import { say } from '../../../ui/language.ts';
import { type At, count, type State, timeText } from '../../../ui/parts.tsx';
import { countsText, runBadges } from '../runTexts.ts';
import { texts } from './texts.ts';

/** How a job is, in the reader's language: shown by the page, and by its script while it is open. */
export interface JobState {
  readonly id: string;
  readonly badge: { readonly state: State; readonly text: string };
  /** What its last run did. */
  readonly lines: string;
  /** Messages sent of those its last run wrote; `total` is 0 when it wrote none. */
  readonly done: number;
  readonly total: number;
}

interface JobsState {
  /** Names a press: the same twice starts one run. */
  readonly slot: number;
  /** Whether something goes on, so that looking again soon is worth while. */
  readonly isActive: boolean;
  readonly jobs: readonly JobState[];
}

/** How all jobs are now. */
export async function jobsState(bot: Bot, at: At): Promise<JobsState> {
  const { db } = bot;
  const jobs = jobsOf(bot);
  const runs = await latestRuns(
    db,
    jobs.map(({ id }) => id),
  );
  const progress = await runProgress(db, runs.map(nameOf));
  const hasWaiting = [...progress.values()].some(({ waiting }) => waiting > 0);
  return {
    slot: at.now,
    isActive: hasWaiting || runs.some(({ state }) => state === 'running'),
    jobs: jobs.flatMap((job) => {
      const { id, schedule } = job;
      const run = runs.find((one) => one.job === id);
      // What only the owner starts is of interest once it was started.
      if (run) return [stateOf(job, run, progress.get(nameOf(run)), at)];
      return schedule === null ? [] : [untouched(id, at)];
    }),
  };
}

function nameOf({ job, slot }: Run): string {
  return `${job}@${slot}`;
}

function untouched(id: string, { language }: At): JobState {
  const badge = { state: 'off', text: say(texts.waiting, language) } as const;
  return { id, badge, lines: say(texts.never, language), done: 0, total: 0 };
}

function stateOf(
  job: Job,
  run: Run,
  { total, waiting }: RunProgress = NO_PROGRESS,
  at: At,
): JobState {
  const { language } = at;
  const { state, text } = runBadges[run.state];
  const done = total - waiting;
  const seconds = Math.round(((run.finishedAt ?? at.now) - run.startedAt) / SECOND_MS);
  const shown = total >= PROGRESS_TO ? `${count(total)}+` : count(total);
  return {
    id: run.job,
    badge: { state, text: say(text, language) },
    lines: [
      `${say(texts.last, language)} ${timeText(run.startedAt, at)}`,
      say(texts.seconds, language, { count: count(seconds) }),
      ...(total > 0 ? [say(texts.sent, language, { done: count(done), total: shown })] : []),
      countsText(job, run, language),
      run.reason ?? '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
    done,
    total,
  };
}

const NO_PROGRESS = { total: 0, waiting: 0 };
