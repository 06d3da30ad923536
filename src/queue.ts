import * as v from 'valibot';
import type { Bot } from './bot/context.ts';
import { isQueued, runJob, runJobs, startDueJobs } from './bot/jobs/run.ts';
import { drain } from './bot/outbox/drain.ts';
import { QUEUE_SETTING, tellOfStorage } from './bot/owner/machine.ts';
import { watch } from './bot/owner/watch.ts';
import { handleEvent } from './bot/talk/incoming.ts';
import { errorCode, log } from './lib/log.ts';
import { isKeyOf } from './lib/text.ts';
import { noteDeadLetter } from './store/deadDeliveries.ts';
import { INBOX_LEASE_MS } from './store/inbox.ts';
import { deleteSetting, readSetting, writeSetting } from './store/settings.ts';

const eventMessage = v.object({ key: v.string() });
const jobMessage = v.object({ job: v.string(), slot: v.number() });
const jobsMessage = v.object({ jobs: v.array(jobMessage) });
const featureMessage = v.record(v.string(), v.union([v.string(), v.number()]));
const deliveryMessage = v.object({ lane: v.string() });

/** How the queue of what another one gave up is called, after that one's name. */
const DEAD_LETTERS = '-dlq';

/** Milliseconds to wait before the message comes again, or `undefined` when it is done with. */
type Handled = Promise<number | undefined>;

/** What a queue is for. */
type QueueName = 'events' | 'polls' | 'deliveries';

/**
 * What messages mean, by what their queue is for: the end of its name, before which the Worker's own
 * stands. Each only names a row; the row is the truth, so a message that
 * comes twice, late or never does no harm.
 */
const handlers = {
  events: async (bot, body) => {
    const { key } = v.parse(eventMessage, body);
    return (await handleEvent(bot, key)) === 'busy' ? INBOX_LEASE_MS : undefined;
  },
  polls: async (bot, body) => {
    const message = v.safeParse(jobMessage, body);
    if (message.success) return runJob(bot, message.output.job, message.output.slot);
    const several = v.safeParse(jobsMessage, body);
    if (several.success) return runJobs(bot, several.output.jobs);
    for (const { read } of bot.features.flatMap(({ messages = [] }) => messages)) {
      const work = read(body);
      if (work === null) continue;
      const waitMs = await work(bot);
      return waitMs === undefined || (await isQueued(bot, v.parse(featureMessage, body), waitMs))
        ? undefined
        : waitMs;
    }
    throw new Error('a message of a shape that no feature takes');
  },
  deliveries: async (bot, body) => {
    await drain(bot, v.parse(deliveryMessage, body).lane);
    return undefined;
  },
} as const satisfies Record<QueueName, (bot: Bot, body: unknown) => Handled>;

/** Works off a batch, message by message: one that fails comes again and stops no other. */
export async function handleQueue(bot: Bot, batch: MessageBatch): Promise<void> {
  if (batch.queue.endsWith(DEAD_LETTERS)) return handleDeadLetters(bot, batch);
  const queue = batch.queue.slice(batch.queue.lastIndexOf('-') + 1);
  const handle = isKeyOf(handlers, queue) ? handlers[queue] : null;
  for (const message of batch.messages) {
    try {
      if (!handle) throw new Error(`no handler for queue ${batch.queue}`);
      const waitMs = await handle(bot, message.body);
      if (waitMs === undefined) message.ack();
      else message.retry({ delaySeconds: Math.ceil(waitMs / 1000) });
    } catch (cause) {
      log('message-failed', { queue: batch.queue, id: message.id, code: errorCode(cause) });
      message.retry();
    }
  }
}

/** What a queue gave up is only counted: the row that a message named is found again by `sweep`. */
async function handleDeadLetters(bot: Bot, batch: MessageBatch): Promise<void> {
  const now = bot.runtime.now();
  for (const { id } of batch.messages) log('dead-letter', { queue: batch.queue, id });
  await bot.db.batch(batch.messages.map(({ id }) => noteDeadLetter(bot.db, batch.queue, id, now)));
  batch.ackAll();
}

/**
 * Any cron of wrangler.toml: starts what is due, then looks for what is wrong by itself, as the
 * queue may be it. Free plan: 10 ms CPU for a cron, so the work is done by others.
 *
 * @param scheduledTime when the cron was due, epoch milliseconds
 */
export async function handleCron(bot: Bot, scheduledTime: number): Promise<void> {
  try {
    await startJobs(bot, scheduledTime);
    await watch(bot, scheduledTime);
    await tellOfStorage(bot, 'well');
  } catch (cause) {
    log('cron-failed', { code: errorCode(cause) });
    await tellOfStorage(bot, 'failing');
    throw cause;
  }
}

async function startJobs(bot: Bot, now: number): Promise<void> {
  try {
    const refuses = await readSetting(bot.db, QUEUE_SETTING, v.number());
    await startDueJobs(bot, now, refuses !== null);
    if (refuses !== null) await deleteSetting(bot.db, QUEUE_SETTING).run();
  } catch (cause) {
    // A database that fails makes this throw as well, which is told by its own way.
    log('queue-failed', { queue: 'polls', code: errorCode(cause) });
    await writeSetting(bot.db, QUEUE_SETTING, now, bot.runtime.now());
  }
}
