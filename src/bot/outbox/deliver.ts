import * as v from 'valibot';
import { hex, sha256Hex } from '../../lib/encoding.ts';
import { errorCode, log } from '../../lib/log.ts';
import { unreachable } from '../../lib/result.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../lib/time.ts';
import {
  finishDelivery,
  type LeasedDelivery,
  leaseDelivery,
  postponeDelivery,
} from '../../store/deliveries.ts';
import { stopNews } from '../channels.ts';
import type { Bot } from '../context.ts';
import { unsaid } from '../notice/notice.ts';
import type { Channel, Outcome } from './channel.ts';
import { loadPoster } from './posters.ts';

const MAX_ATTEMPTS = 8;
const FIRST_WAIT_MS = 30 * SECOND_MS;
const LONGEST_WAIT_MS = HOUR_MS;
const THREAD_WAIT_MS = 15 * SECOND_MS;
/** Without the owner's help nothing can be sent; give up only when the news is stale. */
const STALE_AFTER_MS = 3 * DAY_MS;

/**
 * Takes one delivery, sends it and records what became of it. Safe to call any number of times,
 * from anywhere: only the holder of the row's lease sends.
 *
 * A crash between sending and recording leaves the row `uncertain`; the channel then looks whether
 * the message arrived before it says it again.
 *
 * @returns `busy` while another sender holds it: call again when its lease is over
 */
export async function deliver(bot: Bot, id: number): Promise<'done' | 'busy'> {
  const { db, runtime } = bot;
  const lease = hex(runtime.randomBytes(8));
  const delivery = await leaseDelivery(db, id, lease, runtime.now());
  if (delivery === 'busy') return 'busy';
  if (delivery) await attempt(bot, delivery);
  return 'done';
}

/**
 * Delivers several, one after the other; one that throws stops no other, and is thrown at the end.
 *
 * @returns `busy` when any of them is held by another sender
 */
export async function deliverAll(bot: Bot, ids: readonly number[]): Promise<'done' | 'busy'> {
  let result: 'done' | 'busy' = 'done';
  const failures: unknown[] = [];
  for (const id of ids) {
    try {
      if ((await deliver(bot, id)) === 'busy') result = 'busy';
    } catch (cause) {
      failures.push(cause);
    }
  }
  if (failures.length > 0) throw failures[0];
  return result;
}

async function attempt(bot: Bot, delivery: LeasedDelivery): Promise<void> {
  if (delivery.attempts > MAX_ATTEMPTS) {
    // Its senders died before they could record anything: no further try would fare better.
    await settle(bot, delivery, { kind: 'retry', afterMs: null, uncertain: true, note: 'crashed' });
    return;
  }

  const channel = bot.channels.get(delivery.channel);
  if (!channel) {
    await settle(bot, delivery, { kind: 'unauthorized', note: 'channel-off' });
    return;
  }
  if (delivery.predecessor && !delivery.predecessor.finished) {
    // Not before the other is tried again: that may be in half an hour, for days.
    const otherWaitsMs = Math.max(0, delivery.predecessor.dueAt - bot.runtime.now());
    await postpone(bot, delivery, otherWaitsMs + THREAD_WAIT_MS, 'waits-for-thread', false);
    return;
  }
  const outcome = await say(bot, channel, delivery);
  await settle(bot, delivery, outcome);
  await outcome.afterwards?.();
}

async function say(bot: Bot, channel: Channel, delivery: LeasedDelivery): Promise<Outcome> {
  const { account, address, uncertain } = delivery;
  const what = v.parse(unsaid, JSON.parse(delivery.notice));
  // No address of a person in it: some channels show it.
  const id = (await sha256Hex(delivery.dedupeKey)).slice(0, 32);
  if (what.kind !== 'upcoming' && what.kind !== 'headline') {
    return channel.send({ id, account, address, uncertain, notice: what });
  }
  if (!channel.publish) return { kind: 'refused', note: 'no posts here' };
  const missing: string[] = [];
  const outcome = await channel.publish({
    id,
    account,
    uncertain,
    post: what,
    replyTo: delivery.predecessor?.externalId ?? null,
    picture: async (poster) => {
      const loaded = await loadPoster(bot, poster);
      if (loaded.ok) return loaded.value;
      missing.push(loaded.reason);
      return null;
    },
  });
  return outcome.kind === 'sent' && missing.length > 0
    ? { ...outcome, note: outcome.note ?? `poster-missing: ${missing.join(', ')}` }
    : outcome;
}

type SentMark = Pick<Extract<Outcome, { kind: 'sent' }>, 'externalId' | 'charges'>;

async function settle(bot: Bot, delivery: LeasedDelivery, outcome: Outcome): Promise<void> {
  const now = bot.runtime.now();
  log('delivery', {
    id: delivery.id,
    channel: delivery.channel,
    attempt: delivery.attempts,
    outcome: outcome.kind,
    note: outcome.note,
  });
  const end = (state: 'sent' | 'gone' | 'refused' | 'dead', sent: Partial<SentMark> = {}) => {
    const { externalId = null, charges = null } = sent;
    return finishDelivery(
      bot.db,
      delivery,
      { state, externalId, charges, note: outcome.note },
      now,
    );
  };
  switch (outcome.kind) {
    case 'sent':
      return end('sent', outcome);
    case 'wait':
      return postpone(bot, delivery, outcome.afterMs, outcome.note, false);
    case 'gone':
      await stopNews(bot, delivery);
      return end('gone');
    case 'refused':
      return end('refused');
    case 'unauthorized':
      if (now - delivery.createdAt > STALE_AFTER_MS) return end('dead');
      return postpone(bot, delivery, HOUR_MS / 2, outcome.note, false);
    case 'retry':
      if (delivery.attempts >= MAX_ATTEMPTS) return end('dead');
      return postpone(
        bot,
        delivery,
        Math.max(outcome.afterMs ?? 0, backOffMs(bot, delivery.attempts)),
        outcome.note,
        true,
        outcome.uncertain,
      );
    default:
      return unreachable(outcome);
  }
}

async function postpone(
  bot: Bot,
  delivery: LeasedDelivery,
  waitMs: number,
  note: string,
  countsAsAttempt: boolean,
  uncertain = false,
): Promise<void> {
  await postponeDelivery(bot.db, delivery, {
    dueAt: bot.runtime.now() + waitMs,
    note,
    uncertain: delivery.uncertain || uncertain,
    countsAsAttempt,
  });
  await queueDelivery(bot, delivery.id, waitMs);
}

/** Doubles from 30 seconds to an hour, with up to a quarter of jitter. */
function backOffMs(bot: Bot, attempts: number): number {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  const random = (bot.runtime.randomBytes(1)[0] ?? 0) / 255;
  return Math.round(waitMs * (1 + random / 4));
}

/** Queues one delivery. A queue that fails loses nothing: `sweep` finds the row. */
async function queueDelivery(bot: Bot, id: number, waitMs: number): Promise<void> {
  try {
    // Queues take 0 to 86,400 seconds. One more, so that the row is due when the message comes.
    const delaySeconds = Math.min(86_400, Math.ceil(waitMs / SECOND_MS) + 1);
    await bot.deliveries.send({ ids: [id] }, { delaySeconds });
  } catch (cause) {
    log('queue-failed', { queue: 'deliveries', id, code: errorCode(cause) });
  }
}

/**
 * How many deliveries go into one message of the queue, which is one invocation: 50 calls out and 50
 * D1 queries are allowed (free plan). A post with four posters takes 13 calls; a message to a person
 * takes one, and eight queries where the Kakao login it goes to turns out to be over.
 */
export const PACK = { posts: 3, messages: 6 } as const;

/** Queues deliveries that are due now, packed, a hundred messages a call (the limit of `sendBatch`). */
export async function queueDeliveries(
  bot: Bot,
  ids: readonly number[],
  pack: number = PACK.posts,
): Promise<void> {
  const messages: { body: { ids: number[] } }[] = [];
  for (let start = 0; start < ids.length; start += pack) {
    messages.push({ body: { ids: ids.slice(start, start + pack) } });
  }
  for (let start = 0; start < messages.length; start += 100) {
    await bot.deliveries.sendBatch(messages.slice(start, start + 100));
  }
}
