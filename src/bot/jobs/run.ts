import { errorCode, log } from '../../lib/log.ts';
import { unreachable } from '../../lib/result.ts';
import { MINUTE_MS, SECOND_MS } from '../../lib/time.ts';
import {
  claimRun,
  finishRun,
  noteIdle,
  openRun,
  openSlots,
  postponeRun,
} from '../../store/runs.ts';
import type { Bot, JobMessage } from '../context.ts';
import { jobsOf } from './table.ts';

const RUN_LEASE_MS = 3 * MINUTE_MS;
/** One that kills its runner comes to an end. */
const MAX_ATTEMPTS = 5;
/** After an error of ours; as long as the queue waits by itself. */
const AGAIN_MS = MINUTE_MS;

/**
 * Starts every job that is due at `now` and has had no run for its slot yet, or is to run again. Those
 * with nothing to do, as most have most of the time, are done by that; short ones run here; for all
 * others there is one message of the queue.
 *
 * @param isTrying the queue did not take the last one: it is asked to, whatever there is to do
 */
export async function startDueJobs(bot: Bot, now: number, isTrying: boolean): Promise<void> {
  const known = jobsOf(bot);
  const due = known
    .flatMap(({ id, schedule, catchUpMs, again = 0 }) =>
      schedule === null ? [] : [{ job: id, slot: schedule(now), catchUpMs, again }],
    )
    .filter(({ slot, catchUpMs }) => now - slot < catchUpMs)
    .map(({ job, slot, again }) => ({ job, slot, again }));
  const open: JobMessage[] = await openSlots(bot.db, due, bot.runtime.now());
  const busy = isTrying ? open : await busyOf(bot, open);
  const isShort = ({ job }: JobMessage) => known.some(({ id, isHere }) => id === job && isHere);
  const queued = busy.filter((run) => isTrying || !isShort(run));
  if (queued.length > 0) await bot.polls.send({ jobs: queued });
  for (const run of busy.filter((one) => !queued.includes(one))) {
    if ((await runHere(bot, run)) !== undefined) throw new Error('the queue took no next try');
  }
}

/** Writes down those that have nothing to do; gives the others. */
async function busyOf(bot: Bot, jobs: readonly JobMessage[]): Promise<JobMessage[]> {
  const known = jobsOf(bot);
  const looked = await Promise.all(
    jobs.map(async (run) => {
      const isIdle = known.find(({ id }) => id === run.job)?.isIdle;
      return { run, isIdle: (await isIdle?.(bot)) ?? false };
    }),
  );
  const idle = looked.filter((one) => one.isIdle).map(({ run }) => run);
  const going = idle.length > 0 ? await noteIdle(bot.db, idle, bot.runtime.now()) : [];
  const busy = looked.filter((one) => !one.isIdle).map(({ run }) => run);
  // Whoever has one that is going on may have died: it comes to its end by a message of its own.
  return [...busy, ...going];
}

/**
 * Takes up jobs that came in one message: those with nothing to do are done by that, one of the
 * others runs here, and the rest in invocations of their own. Its next try is a message of its own, too:
 * the others are not to come again with it.
 *
 * @returns milliseconds after which to call again, when the queue did not take that message
 */
export async function runJobs(bot: Bot, jobs: readonly JobMessage[]): Promise<number | undefined> {
  const [first, ...others] = await busyOf(bot, jobs);
  if (others.length > 0) await bot.polls.sendBatch(others.map((body) => ({ body })));
  return first && runHere(bot, first);
}

/** @returns milliseconds after which to call again, when the queue did not take the next try */
async function runHere(bot: Bot, run: JobMessage): Promise<number | undefined> {
  const afterMs = await runJob(bot, run.job, run.slot).catch((cause: unknown) => {
    log('run-failed', { ...run, code: errorCode(cause) });
    return AGAIN_MS;
  });
  return afterMs === undefined || (await isQueued(bot, run, afterMs)) ? undefined : afterMs;
}

/**
 * Runs a job for its slot, once. Safe to call any number of times.
 *
 * @returns milliseconds after which to call again, or `undefined` when the slot has had its run
 */
export async function runJob(bot: Bot, id: string, slot: number): Promise<number | undefined> {
  const job = jobsOf(bot).find((candidate) => candidate.id === id);
  if (!job) throw new Error(`no job ${id}`);
  const { db, runtime } = bot;
  const run = { job: id, slot };
  const attempt = await claimRun(db, id, slot, runtime.now(), RUN_LEASE_MS, job.again);
  if (attempt === 'over') return undefined;
  if (attempt === 'busy') return RUN_LEASE_MS;
  if (attempt > (job.tries ?? MAX_ATTEMPTS)) {
    const end = { state: 'failed', counts: {}, reason: 'crashed too often' } as const;
    await finishRun(db, run, end, runtime.now()).run();
    return undefined;
  }
  try {
    const end = await job.run(bot, { slot, attempt });
    log('run', { job: id, slot, attempt, outcome: end.kind, reason: end.reason });
    switch (end.kind) {
      case 'done':
      case 'failed':
        await finishRun(db, run, { ...end, state: end.kind }, runtime.now()).run();
        return undefined;
      case 'retry':
        await postponeRun(db, run, runtime.now() + end.afterMs, end.reason);
        return (await isQueued(bot, run, end.afterMs)) ? undefined : end.afterMs;
      default:
        return unreachable(end);
    }
  } catch (cause) {
    await postponeRun(db, run, runtime.now(), 'interrupted');
    throw cause;
  }
}

/** A message of its own for the next try: the queue gives up one that is asked for again too often. */
export async function isQueued(
  { polls }: Bot,
  body: Parameters<Bot['polls']['send']>[0],
  afterMs: number,
): Promise<boolean> {
  try {
    await polls.send(body, { delaySeconds: Math.ceil(afterMs / SECOND_MS) });
    return true;
  } catch (cause) {
    log('queue-failed', { queue: 'polls', code: errorCode(cause) });
    return false;
  }
}

/**
 * Starts a job now, whenever it is due by the clock: a run of its own.
 *
 * @param slot epoch milliseconds, the job's "now"; a second start with the same does nothing
 * @returns `failed`: the queue did not take it
 */
export async function startJob(
  { db, runtime, polls }: Bot,
  job: string,
  slot: number,
): Promise<'started' | 'already' | 'failed'> {
  const run = { job, slot };
  if (!(await openRun(db, run, runtime.now()))) return 'already';
  try {
    await polls.send(run);
    return 'started';
  } catch (cause) {
    log('queue-failed', { queue: 'polls', job, code: errorCode(cause) });
    const end = { state: 'failed', counts: {}, reason: 'the queue did not take it' } as const;
    await finishRun(db, run, end, runtime.now()).run();
    return 'failed';
  }
}
