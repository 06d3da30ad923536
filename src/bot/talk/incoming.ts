import * as v from 'valibot';
import { errorCode, log } from '../../lib/log.ts';
import { say } from '../../lib/text.ts';
import {
  insertDeliveries,
  type OpenDelivery,
  openDelivery,
  REPLY_LASTS_MS,
} from '../../store/deliveries.ts';
import { type EventLease, finishEvent, leaseEvent, releaseEvent } from '../../store/inbox.ts';
import { whoIs } from '../../store/patience.ts';
import {
  blockAddress,
  meetPerson,
  moveAddress,
  type Person,
  rememberPerson,
  unblockAddress,
} from '../../store/people.ts';
import type { Bot } from '../context.ts';
import type { Notice } from '../notice/notice.ts';
import { deliverNow } from '../outbox/drain.ts';
import { channelInfo, isGroup } from '../platform.ts';
import { converse } from './converse.ts';
import { isLoop, slowDownText } from './patience.ts';
import { readState } from './state.ts';
import type { Reply } from './types.ts';

/** What happened to one of the bot's accounts, in no platform's terms. */
export type Incoming = v.InferOutput<typeof incoming>;

export const incoming = v.union([
  v.object({
    channel: v.string(),
    account: v.string(),
    /** Where the answer goes. */
    address: v.string(),
    text: v.string(),
    /** The language the platform says they read; until they write, it is the owner's. */
    language: v.optional(v.picklist(['ko', 'en'])),
    /** They wrote too much: only until when nothing else is said to them is said, epoch ms. */
    slowUntil: v.optional(v.number()),
  }),
  /** Somebody wants no messages any more, or wants them again. */
  v.object({ channel: v.string(), blocked: v.string() }),
  v.object({ channel: v.string(), unblocked: v.string() }),
  /** A chat got another address. */
  v.object({ channel: v.string(), migrated: v.object({ from: v.string(), to: v.string() }) }),
  /** Something that is about no person: a platform or a feature knows what it means. */
  v.object({ channel: v.string(), about: v.unknown() }),
]);

/**
 * Answers an accepted event: one transaction writes the reply and closes the event, then the reply
 * is tried at once. Until that transaction the event waits; after it the reply does.
 *
 * @returns `busy` while another consumer holds the event: ask again later
 */
export async function handleEvent(bot: Bot, key: string): Promise<'done' | 'busy'> {
  const { db, runtime } = bot;
  const lease = await leaseEvent(db, key, runtime.now());
  if (lease.kind === 'busy') return 'busy';
  const dedupeKey = `reply:${key}`;
  // Also for an event that is over: its consumer may have died between writing and sending.
  const reply =
    lease.kind === 'leased'
      ? await answer(bot, key, lease, dedupeKey)
      : await openDelivery(db, dedupeKey);
  if (reply !== null) await deliverNow(bot, reply);
  return 'done';
}

/** @returns the reply, unless nothing is said */
async function answer(
  bot: Bot,
  key: string,
  { content, isOwn }: Extract<EventLease, { kind: 'leased' }>,
  dedupeKey: string,
): Promise<OpenDelivery | null> {
  const { db, runtime } = bot;
  try {
    const event = v.parse(incoming, JSON.parse(content));
    if (!('text' in event)) {
      await takeNote(bot, event);
      await finishEvent(db, key).run();
      return null;
    }
    // Two accounts of the bot must not answer each other for ever.
    if (isOwn || channelInfo(bot, event.channel)?.isOwn?.(bot, event.address)) {
      await finishEvent(db, key).run();
      return null;
    }
    const { channel, account, address, language = bot.config.language } = event;
    const person = await meetPerson(db, { channel, address, account, language }, runtime.now());
    const { reply, isSaid } = await replyTo(bot, person, event);
    const delivery = {
      dedupeKey,
      channel,
      account,
      address,
      notice: JSON.stringify(replyNotice(reply)),
      topic: 'reply' as const,
      expiresAt: runtime.now() + REPLY_LASTS_MS,
    };
    const { writes = [] } = reply;
    const results = await db.batch<OpenDelivery>([
      // First: to forget somebody is to forget what waits for them, too.
      ...writes,
      insertDeliveries(db, isSaid ? [delivery] : [], runtime.now()),
      rememberPerson(db, reply.person),
      finishEvent(db, key),
    ]);
    await followUp(reply);
    return results[writes.length]?.results[0] ?? null;
  } catch (cause) {
    log('event-failed', { key, code: errorCode(cause) });
    await releaseEvent(db, key);
    throw cause;
  }
}

/** What follows on a reply that is written; that it fails changes nothing about the answer. */
export async function followUp({ after }: Reply): Promise<void> {
  try {
    await after?.();
  } catch (cause) {
    log('follow-up-failed', { code: errorCode(cause) });
  }
}

/** What is answered, and whether it is said: not to another machine, again and again. */
async function replyTo(
  bot: Bot,
  person: Person,
  { channel, address, text, language, slowUntil }: Extract<Incoming, { readonly text: string }>,
): Promise<{ readonly reply: Reply; readonly isSaid: boolean }> {
  if (slowUntil !== undefined) {
    const spoken = readState(person).spoken ?? person.language;
    const said = slowDownText(slowUntil, spoken, bot.config.timeZone);
    return { reply: { text: said, suggestions: [], person, spoken }, isSaid: true };
  }
  const platformLanguage = isGroup(bot, person) ? person.language : (language ?? null);
  const reply =
    (await replyElsewhere(bot, person, text)) ??
    (await converse(bot, person, text, { platformLanguage }));
  if (!bot.channels.get(channel)?.patience?.isForMachines) return { reply, isSaid: true };
  const who = await whoIs(channel, address);
  return { reply, isSaid: !(await isLoop(bot, who, text, !reply.isHint)) };
}

/** What is answered to words for another place, to whoever may decide there; else `null`. */
async function replyElsewhere(bot: Bot, person: Person, text: string): Promise<Reply | null> {
  const { channel, language } = person;
  const home = bot.platforms.find(({ channels }) => channels.some(({ id }) => id === channel));
  const meant = (await home?.onBehalf?.(bot, person, text)) ?? null;
  if (meant === null) return null;
  if (meant.kind === 'refused') {
    return { text: say(meant.text, language, meant.values), suggestions: [], person };
  }
  const { name, address, said } = meant;
  const place = await meetPerson(bot.db, { channel, address, language }, bot.runtime.now());
  const reply = await converse(bot, place, said, { platformLanguage: place.language });
  return {
    ...reply,
    text: `${name}\n${reply.text}`,
    suggestions: reply.suggestions.map((word) => `${name} ${word}`),
  };
}

/** A reply as a channel says it. */
function replyNotice({ text, suggestions, isOptional, links = [], person, spoken }: Reply): Notice {
  const said = {
    kind: 'text' as const,
    language: spoken ?? person.language,
    text,
    suggestions,
    isOptional: isOptional ?? false,
    links,
  };
  const isQuestion = (readState(person).question ?? null) !== null;
  return isQuestion ? { ...said, isQuestion } : said;
}

/** What an event without words means. */
async function takeNote(
  bot: Bot,
  event: Exclude<Incoming, { readonly text: string }>,
): Promise<void> {
  const { db, runtime } = bot;
  if ('blocked' in event) {
    await blockAddress(db, event.channel, event.blocked, runtime.now());
  } else if ('unblocked' in event) {
    await unblockAddress(db, event.channel, event.unblocked);
  } else if ('migrated' in event) {
    await moveAddress(db, event.channel, event.migrated.from, event.migrated.to);
  } else {
    const handlers = [...bot.platforms, ...bot.features].flatMap(({ events = [] }) => events);
    for (const { channel, handle } of handlers) {
      if (channel === event.channel) await handle(bot, event.about);
    }
  }
}
