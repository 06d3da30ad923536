import { hex } from '../../lib/encoding.ts';
import { errorCode, log } from '../../lib/log.ts';
import { MINUTE_MS, SECOND_MS } from '../../lib/time.ts';
import { type LeasedDelivery, leaseDelivery, leaseNext, nextInLane } from '../../store/leases.ts';
import { releaseDeliveries } from '../../store/outcomes.ts';
import {
  beginDrain,
  claimDrain,
  keepWait,
  LONGEST_DELAY_MS,
  openLanes,
  readWait,
  type Wait,
} from '../../store/waits.ts';
import type { Bot } from '../context.ts';
import type { Channel, Pace } from './channel.ts';
import { attempt, backOffMs, type Tried } from './deliver.ts';

/**
 * An invocation of the free plan has 50 calls out and 50 D1 queries. A post with four posters takes 13
 * calls; a message to a person takes one, and eight queries where the Kakao login it goes to turns
 * out to be over.
 */
const POSTS: Pace = { atOnce: 3 };
const MESSAGES: Pace = { atOnce: 5 };

/** After that the rest is left to the next invocation. */
const TIME_MS = 20 * SECOND_MS;
/** So many failures in a row, with no success: the platform is away, not a message wrong. */
const SEVERAL = 3;
/** How often it is seen whether a platform answers again. */
const LONGEST_TROUBLE_MS = 20 * MINUTE_MS;
/** When a channel that is switched off is looked for again. */
const OFF_MS = 30 * MINUTE_MS;

function paceOf(bot: Bot, lane: string): { readonly channel: Channel | undefined; pace: Pace } {
  const [id = '', posts] = lane.split('/');
  const channel = bot.channels.get(id);
  return { channel, pace: posts === undefined ? (channel?.pace ?? MESSAGES) : POSTS };
}

/**
 * Sends what is next in a lane and takes the lane's next place on the queue: at once while there is
 * more, else when the first of what waits may go. However many wait, it is one message of the queue.
 * Safe to call any number of times, from anywhere.
 */
export async function drain(bot: Bot, lane: string): Promise<void> {
  const { db, runtime } = bot;
  await beginDrain(db, lane, runtime.now());
  const whole = await readWait(db, { lane, account: '', address: '' });
  const hasToWait = whole !== null && whole.until > runtime.now();
  const isFull = hasToWait ? false : await sendSome(bot, lane, whole);
  const now = runtime.now();
  const { pace } = paceOf(bot, lane);
  const at = isFull ? now : await nextInLane(db, { lane, isApart: pace.isApart ?? false }, now);
  if (at !== null) await wakeAt(bot, lane, at);
}

/** @returns whether there may be more to send at once */
async function sendSome(bot: Bot, lane: string, whole: Wait | null): Promise<boolean> {
  const { db, runtime } = bot;
  const { channel, pace } = paceOf(bot, lane);
  const startedAt = runtime.now();
  if (!channel) {
    const wait = { lane, account: '', address: '', until: startedAt + OFF_MS };
    await keepWait(db, { ...wait, reason: 'channel-off', cause: 'sender' }, startedAt);
    return false;
  }
  // After trouble one goes ahead and sees.
  const limit = whole === null ? pace.atOnce : 1;
  const { isFair = false, isApart = false } = pace;
  const lease = hex(runtime.randomBytes(8));
  const turns = { lane, limit, isFair, isApart };
  const taken = await leaseNext(db, turns, lease, startedAt);
  // One that killed its sender goes last: it may do so again.
  const queue = taken.toSorted((one, other) => Number(one.hasCrashed) - Number(other.hasCrashed));
  const tried = isApart
    ? await sideBySide(bot, channel, queue)
    : await oneByOne(bot, channel, queue, startedAt + TIME_MS);
  const failures = tried.filter((kind) => kind === 'retry').length;
  const isAway =
    !isApart && failures === tried.length && failures >= (whole === null ? SEVERAL : 1);
  if (isAway) {
    const now = runtime.now();
    const waitMs = Math.min(LONGEST_TROUBLE_MS, backOffMs(bot, (whole?.failures ?? 0) + 1));
    const wait = { lane, account: '', address: '', until: now + waitMs, reason: 'no-answer' };
    await keepWait(db, { ...wait, cause: 'trouble' }, now);
    return false;
  }
  const isStopped = tried.some((kind) => kind === 'wait' || kind === 'sender');
  // What cannot be said here may have been handed to where the person chats.
  if (isStopped && !isFair) await wakeOutbox(bot);
  return taken.length >= limit && !isStopped;
}

/** Stops when the time is over, or nothing more can be said for now. */
async function oneByOne(
  bot: Bot,
  channel: Channel,
  queue: readonly LeasedDelivery[],
  endsAt: number,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  const failures: unknown[] = [];
  for (const [index, delivery] of queue.entries()) {
    try {
      tried.push(await attempt(bot, channel, delivery));
    } catch (cause) {
      failures.push(cause);
    }
    const isStopped = tried.at(-1) === 'wait' || tried.at(-1) === 'sender';
    if (isStopped || bot.runtime.now() >= endsAt) {
      await releaseDeliveries(bot.db, queue.slice(index + 1), bot.runtime.now());
      break;
    }
  }
  if (failures.length > 0) throw failures[0];
  return tried;
}

async function sideBySide(
  bot: Bot,
  channel: Channel,
  queue: readonly LeasedDelivery[],
): Promise<Tried[]> {
  const ends = await Promise.allSettled(queue.map((delivery) => attempt(bot, channel, delivery)));
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

/**
 * Tries one delivery at once, where it was written. Where a platform's limit is short it has to take its
 * turn: the next one goes out instead.
 */
export async function deliverNow(
  bot: Bot,
  { id, lane }: { readonly id: number; readonly lane: string },
): Promise<void> {
  const { db, runtime } = bot;
  const { channel, pace } = paceOf(bot, lane);
  const lease = hex(runtime.randomBytes(8));
  const now = runtime.now();
  const { isFair = false, isApart = false } = pace;
  const turns = { lane, limit: 1, isFair, isApart };
  const taken = !channel
    ? []
    : isFair
      ? await leaseNext(db, turns, lease, now)
      : [await leaseDelivery(db, id, lease, now)].filter((one) => one !== null);
  const tried = channel ? await oneByOne(bot, channel, taken, now + TIME_MS) : [];
  if (tried.length === 1 && taken[0]?.id === id && tried[0] === 'sent') return;
  const at = await nextInLane(db, { lane, isApart }, runtime.now());
  if (at !== null) await wakeAt(bot, lane, at);
}

/**
 * Has everything sent when it is due: one message of the queue for each lane, however many wait.
 *
 * @param overdueMs what is due for so long is counted
 * @returns how much that is
 */
export async function wakeOutbox(bot: Bot, overdueMs = 0): Promise<number> {
  const now = bot.runtime.now();
  const lanes = await openLanes(bot.db, now - overdueMs);
  for (const { lane } of lanes) {
    const { pace } = paceOf(bot, lane);
    const at = await nextInLane(bot.db, { lane, isApart: pace.isApart ?? false }, now);
    if (at !== null) await wakeAt(bot, lane, at);
  }
  return lanes.reduce((sum, { count }) => sum + count, 0);
}

/**
 * Takes a lane's place on the queue, unless it has one. A queue that fails loses nothing: `sweep`
 * finds the lane.
 */
async function wakeAt(bot: Bot, lane: string, at: number): Promise<void> {
  const now = bot.runtime.now();
  const nextAt = Math.min(at, now + LONGEST_DELAY_MS);
  if (!(await claimDrain(bot.db, lane, nextAt, now))) return;
  try {
    // One more, so that the row is due when the message comes.
    const delaySeconds = nextAt <= now ? 0 : Math.ceil((nextAt - now) / SECOND_MS) + 1;
    await bot.deliveries.send(
      { lane },
      { delaySeconds: Math.min(LONGEST_DELAY_MS / SECOND_MS, delaySeconds) },
    );
  } catch (cause) {
    log('queue-failed', { queue: 'deliveries', lane, code: errorCode(cause) });
    await beginDrain(bot.db, lane, nextAt);
  }
}
