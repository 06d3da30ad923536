import { Hono } from 'hono';
import * as v from 'valibot';
import { idSchema, readJson } from './body.ts';
import type { Guard, XEnv } from './guard.ts';
import type { Outbox } from './outbox.ts';
import { reasoned, unknownWebhook } from './problems.ts';
import type { XContext } from './types.ts';
import type { Webhooks } from './webhooks.ts';

const replay = v.strictObject({ webhook_id: idSchema, from_date: v.string(), to_date: v.string() });

const minuteMs = 60_000;
const dayMs = 24 * 3_600_000;

/**
 * `POST /2/webhooks/replay`: the events of the last 24 hours once more (docs/platforms/x.md,
 * Replay).
 */
export function createReplays(
  context: XContext,
  webhooks: Webhooks,
  outbox: Outbox,
  guard: Guard,
): Hono<XEnv> {
  const running = new Set<string>();
  const routes = new Hono<XEnv>();

  function datesProblem(from: number | null, to: number | null): string | null {
    const now = context.now();
    if (from === null || to === null) return 'the dates are yyyymmddhhmm in UTC.';
    if (from > to) return 'from_date is after to_date.';
    // Whole minutes: the oldest one may have begun earlier.
    if (from <= now - dayMs - minuteMs || to > now)
      return 'the dates are not within the last 24 hours.';
    if (context.app.replayDates === 'spec') return null;
    if (from > now - 31 * minuteMs) return 'from_date is not 31 minutes ago.';
    return to > now - 10 * minuteMs ? 'to_date is not 10 minutes ago.' : null;
  }

  async function run(jobId: string, webhookId: string, events: readonly object[]): Promise<void> {
    let isComplete = true;
    for (const event of events) {
      const [answer] = await outbox.deliver(webhookId, event, { isRetried: false });
      isComplete &&= answer?.ok ?? false;
    }
    running.delete(webhookId);
    const status = {
      webhook_id: webhookId,
      job_state: isComplete ? 'Complete' : 'Incomplete',
      job_state_description: isComplete
        ? 'Job completed successfully'
        : 'Job failed to deliver all events, please retry your replay job',
      job_id: jobId,
    };
    await outbox.deliver(webhookId, { replay_job_status: status });
  }

  routes.post('/2/webhooks/replay', guard('replays', { app: true }), async (c) => {
    const read = await readJson(c.req.raw, replay);
    if (!read.ok) return read.problem;
    const { webhook_id: webhookId, from_date, to_date } = read.value;
    const from = parseMinute(from_date);
    const to = parseMinute(to_date);
    const problem = datesProblem(from, to);
    if (from === null || to === null || problem !== null) {
      return reasoned('QueryParamInvalid', problem ?? '');
    }
    if (!webhooks.find(webhookId)) return unknownWebhook(webhookId);
    if (running.has(webhookId)) {
      return reasoned('ReplayConflictError', 'a replay of this webhook is running.', 409);
    }
    if (!(await webhooks.isValidNow(webhookId))) {
      return reasoned('CrcValidationFailed', 'the webhook does not answer rightly.');
    }
    const until = context.app.replayDates === 'spec' ? to + minuteMs : to;
    const jobId = context.nextId();
    running.add(webhookId);
    outbox.background(run(jobId, webhookId, outbox.between(webhookId, from, until)));
    const created_at = new Date(context.now()).toISOString();
    return c.json({ data: { job_id: jobId, created_at } });
  });

  return routes;
}

/** Epoch milliseconds of `yyyymmddhhmm` in UTC, or null. */
function parseMinute(text: string): number | null {
  const [, ...digits] = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = digits.map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute);
  const isReal = new Date(at).toISOString().replaceAll(/[-T:]/g, '').startsWith(text);
  return digits.length > 0 && isReal ? at : null;
}
