import * as v from 'valibot';
import { sha256Hex } from '../../lib/encoding.ts';
import { log } from '../../lib/log.ts';
import { unreachable } from '../../lib/result.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../lib/time.ts';
import { reviveLane } from '../../store/deadDeliveries.ts';
import type { LeasedDelivery } from '../../store/leases.ts';
import {
  countEnded,
  endWaiting,
  finishDelivery,
  keepRest,
  noteAttempt,
  postponeDelivery,
  releaseDeliveries,
} from '../../store/outcomes.ts';
import {
  endWaits,
  forgetAddress,
  keepWait,
  noteServed,
  readWait,
  widenWait,
} from '../../store/waits.ts';
import type { Bot } from '../context.ts';
import { type Digest, type Notice, type Post, unsaid } from '../notice/notice.ts';
import { stopNews } from '../platform.ts';
import type { Channel, Outcome, Picture } from './channel.ts';
import { loadPoster } from './posters.ts';
import { freshLinks, partOf } from './together.ts';

const FIRST_WAIT_MS = 30 * SECOND_MS;
const LONGEST_WAIT_MS = HOUR_MS;
/** When to see again whether the owner has helped. */
const SENDER_WAIT_MS = 30 * MINUTE_MS;
/** One that kills whoever sends it is given up after so many tries. */
const MOST_CRASHES = 8;
/** A post may wait so long for its poster. */
const POSTER_WAIT_MS = HOUR_MS;
const POSTER_AGAIN_MS = 10 * MINUTE_MS;
/** So many chats told to wait within a minute: it is the bot that is too fast. */
const SEVERAL = 3;

/** What a try tells about those that wait behind it. */
export type Tried = Outcome['kind'] | 'alone' | 'given-up';

/**
 * Sends what was leased and records what became of it.
 *
 * A crash between sending and recording leaves the row `uncertain`; the channel then looks whether
 * the message arrived before it says it again.
 */
export async function attempt(
  bot: Bot,
  channel: Channel,
  delivery: LeasedDelivery,
): Promise<Tried> {
  const now = bot.runtime.now();
  if (now >= delivery.expiresAt || (await hasCrashedOften(bot, delivery))) {
    await end(bot, delivery, 'dead', { note: delivery.note ?? 'too-old' });
    return 'given-up';
  }
  const { told, outcome, rest } = await say(bot, channel, delivery);
  await settle(bot, channel, told, outcome, rest);
  await outcome.afterwards?.();
  return outcome.kind === 'retry' && outcome.isAlone ? 'alone' : outcome.kind;
}

/** A try that ended, however badly, was no crash: after an outage there are many of them. */
async function hasCrashedOften(bot: Bot, delivery: LeasedDelivery): Promise<boolean> {
  if (!delivery.hasCrashed || delivery.attempts <= MOST_CRASHES) return false;
  return delivery.attempts - (await countEnded(bot.db, delivery)) > MOST_CRASHES;
}

/** What was tried to be said, how that went, and what of its last row is left for the next message. */
interface Said {
  readonly told: LeasedDelivery;
  readonly outcome: Outcome;
  readonly rest: Digest | null;
}

async function say(bot: Bot, channel: Channel, delivery: LeasedDelivery): Promise<Said> {
  const stored = delivery.notices.map((text) => v.parse(unsaid, JSON.parse(text)));
  const [first] = stored;
  if (first && isPost(first)) {
    const outcome = await publish(bot, channel, delivery, first);
    return { told: delivery, outcome, rest: null };
  }
  const notices = stored.filter((one) => !isPost(one));
  const { notice, rows, rest } = partOf(notices, channel.holds);
  const told = await keepOldest(bot, delivery, rows);
  const { account, address, uncertain } = told;
  // Each message has an id of its own, the same for each try.
  const id = await idOf(`${told.dedupeKey}${rest === null ? '' : `:${rest.entries.length}`}`);
  const fresh = await freshLinks(bot, told, notice);
  const outcome = await channel.send({ id, account, address, uncertain, notice: fresh });
  return { told, outcome, rest };
}

/** What a channel may show of a key: no address of a person is in it. */
async function idOf(key: string): Promise<string> {
  return (await sha256Hex(key)).slice(0, 32);
}

/** So many of the oldest rows are told now; the others wait for the next message. */
async function keepOldest(
  bot: Bot,
  delivery: LeasedDelivery,
  rows: number,
): Promise<LeasedDelivery> {
  const ids = [...delivery.merged, delivery.id];
  const [later, last] = [ids.slice(rows), ids[rows - 1]];
  const newest = later.at(-1);
  if (newest === undefined || last === undefined) return delivery;
  const { lease } = delivery;
  const left = { id: newest, merged: later.slice(0, -1), lease };
  await releaseDeliveries(bot.db, [left], bot.runtime.now());
  const dedupeKey = `${delivery.dedupeKey}:${later.length}`;
  return { ...delivery, id: last, merged: ids.slice(0, rows - 1), dedupeKey };
}

async function publish(
  bot: Bot,
  channel: Channel,
  delivery: LeasedDelivery,
  post: Post,
): Promise<Outcome> {
  const { account, uncertain, replyTo } = delivery;
  if (!channel.publish) return { kind: 'refused', note: 'no posts here' };
  const posters = await loadPosters(bot, post);
  if (posters.isAway && bot.runtime.now() - delivery.createdAt < POSTER_WAIT_MS) {
    const note = 'waits-for-poster';
    return { kind: 'retry', afterMs: POSTER_AGAIN_MS, uncertain: false, isAlone: true, note };
  }
  const outcome = await channel.publish({
    id: await idOf(delivery.dedupeKey),
    account,
    uncertain,
    post,
    replyTo,
    picture: async ({ key }) => posters.loaded.get(key) ?? null,
  });
  return outcome.kind === 'sent' && posters.missing.length > 0
    ? { ...outcome, note: outcome.note ?? `poster-missing: ${posters.missing.join(', ')}` }
    : outcome;
}

function isPost(said: Post | Notice): said is Post {
  return said.kind === 'upcoming' || said.kind === 'headline';
}

/** The posters of a post, before anything of it is sent. */
async function loadPosters(bot: Bot, post: Post) {
  const loaded = new Map<string, Picture>();
  const missing: string[] = [];
  const wanted = post.kind === 'upcoming' ? post.titles : [post];
  for (const { poster } of wanted) {
    if (poster === null) continue;
    const found = await loadPoster(bot, poster);
    if (found.ok) loaded.set(poster.key, found.value);
    else missing.push(found.reason);
  }
  return { loaded, missing, isAway: missing.includes('unavailable') };
}

type SentMark = Pick<Extract<Outcome, { kind: 'sent' }>, 'externalId' | 'charges'>;

function end(
  bot: Bot,
  delivery: LeasedDelivery,
  state: 'sent' | 'gone' | 'refused' | 'dead',
  { note, externalId = null, charges }: { note: string | null } & Partial<SentMark>,
): Promise<void> {
  return finishDelivery(
    bot.db,
    delivery,
    { state, externalId, charges: charges ?? null, note },
    bot.runtime.now(),
  );
}

async function settle(
  bot: Bot,
  channel: Channel,
  delivery: LeasedDelivery,
  outcome: Outcome,
  rest: Digest | null,
): Promise<void> {
  const { db, runtime } = bot;
  const now = runtime.now();
  const { id, attempts: tries } = delivery;
  log('delivery', {
    id,
    channel: delivery.channel,
    attempt: tries,
    outcome: outcome.kind,
    note: outcome.note,
  });
  if (outcome.kind !== 'sent' && outcome.kind !== 'wait') {
    await noteAttempt(db, { delivery: id, outcome: outcome.kind, note: outcome.note }, now);
  }
  switch (outcome.kind) {
    case 'sent':
      if (rest !== null) {
        const { externalId, note, charges = null } = outcome;
        await keepRest(db, delivery, JSON.stringify(rest), { externalId, note, charges }, now);
      } else await end(bot, delivery, 'sent', outcome);
      if (channel.pace?.isFair) await noteServed(db, delivery.lane, delivery.address, now).run();
      if (!delivery.hasWaited) return;
      await endWaits(db, delivery, now);
      await reviveLane(db, delivery.lane, now);
      return;
    case 'gone':
      return gone(bot, delivery, outcome.note);
    case 'refused':
      return end(bot, delivery, 'refused', outcome);
    case 'wait':
    case 'sender': {
      const { scope, note } = outcome;
      const until = now + (outcome.afterMs ?? SENDER_WAIT_MS);
      const cause = outcome.kind === 'wait' ? 'limit' : 'sender';
      const wait = {
        lane: delivery.lane,
        account: scope === 'account' ? delivery.account : '',
        address: scope === 'address' ? delivery.address : '',
      };
      const goneAfterMs = outcome.kind === 'wait' ? outcome.goneAfterMs : undefined;
      if (goneAfterMs !== undefined) {
        const known = await readWait(db, wait);
        if (known !== null && now - known.since >= goneAfterMs) {
          return gone(bot, delivery, outcome.note);
        }
      }
      await putBack(bot, delivery, note);
      await keepWait(db, { ...wait, until, reason: note, cause }, now);
      // That several groups do not let the bot write says nothing of the others.
      if (scope === 'address' && goneAfterMs === undefined) {
        await widenWait(db, { lane: delivery.lane, reason: note }, SEVERAL, now - MINUTE_MS, now);
      }
      return;
    }
    case 'retry': {
      const waitMs = Math.max(outcome.afterMs ?? 0, backOffMs(bot, tries));
      await postponeDelivery(db, delivery, {
        dueAt: now + waitMs,
        note: outcome.note,
        uncertain: delivery.uncertain || outcome.uncertain,
        countsAsAttempt: true,
      });
      if (channel.pace?.isApart) {
        const { lane, address } = delivery;
        const wait = { lane, account: '', address, until: now + waitMs, reason: outcome.note };
        await keepWait(db, { ...wait, cause: 'trouble' }, now);
      }
      return;
    }
    default:
      return unreachable(outcome);
  }
}

/** The person cannot be reached: no more news for them. */
async function gone(bot: Bot, delivery: LeasedDelivery, note: string): Promise<void> {
  const { address, lane } = delivery;
  await stopNews(bot, delivery);
  if (delivery.hasWaited) {
    await bot.db.batch([
      ...forgetAddress(bot.db, lane, address),
      endWaiting(bot.db, delivery, note, bot.runtime.now()),
    ]);
  }
  await end(bot, delivery, 'gone', { note });
}

/** It is due as before, once nothing it depends on has to wait. */
function putBack(bot: Bot, delivery: LeasedDelivery, note: string): Promise<void> {
  const { uncertain } = delivery;
  return postponeDelivery(bot.db, delivery, {
    dueAt: bot.runtime.now(),
    note,
    uncertain,
    countsAsAttempt: false,
  });
}

/** Doubles from 30 seconds to an hour, less up to a quarter of jitter. */
export function backOffMs({ runtime }: Pick<Bot, 'runtime'>, attempts: number): number {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, attempts - 1));
  const random = (runtime.randomBytes(1)[0] ?? 0) / 255;
  return Math.round(waitMs * (1 - random / 4));
}
