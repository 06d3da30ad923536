import { errorCode, log } from '../../lib/log.ts';
import { finishRun, openRun } from '../../store/runs.ts';
import type { Bot } from '../context.ts';

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
