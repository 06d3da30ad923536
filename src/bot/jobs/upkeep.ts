import { DAY_MS } from '../../lib/time.ts';
import { forgetSentDeliveries } from '../../store/deliveries.ts';
import { forgetDoneEvents } from '../../store/inbox.ts';
import { forgetRuns } from '../../store/runs.ts';
import type { Bot } from '../context.ts';
import type { JobEnd } from './types.ts';

/** X replays at most the last 24 hours; keys are kept well beyond that. */
const KEEP_EVENTS_MS = 7 * DAY_MS;
const KEEP_REPLIES_MS = 30 * DAY_MS;
const KEEP_RUNS_MS = 90 * DAY_MS;

/** Forgets what is no longer needed. Announced titles are kept: they must never be posted again. */
export async function upkeep(bot: Bot): Promise<JobEnd> {
  const now = bot.runtime.now();
  return {
    kind: 'done',
    counts: {
      events: await forgetDoneEvents(bot.db, now - KEEP_EVENTS_MS),
      deliveries: await forgetSentDeliveries(bot.db, now - KEEP_REPLIES_MS),
      runs: await forgetRuns(bot.db, now - KEEP_RUNS_MS),
    },
    reason: null,
  };
}
