import * as v from 'valibot';
import { forgetRevoked } from '../accounts/twitter/upkeep.ts';
import type { Notice } from '../channels/notice.ts';
import { errorCode, log } from '../lib/log.ts';
import { readAccount } from '../store/accounts.ts';
import { insertDeliveries, openDelivery } from '../store/deliveries.ts';
import { finishEvent, leaseEvent, releaseEvent } from '../store/inbox.ts';
import { meetPerson, rememberPerson } from '../store/people.ts';
import type { Bot } from './context.ts';
import { converse } from './conversation/converse.ts';
import { deliver } from './deliver.ts';

/** What happened to one of the bot's accounts, in no platform's terms. */
export type Incoming = v.InferOutput<typeof incoming>;

export const incoming = v.union([
  v.object({
    channel: v.string(),
    account: v.string(),
    /** Where the answer goes. */
    address: v.string(),
    text: v.string(),
  }),
  /** The person behind an account of the bot withdrew the consent. */
  v.object({ channel: v.literal('twitter'), revoked: v.string() }),
]);

/**
 * Answers an accepted event: one transaction writes the reply and closes the event, then the reply
 * is tried at once. Until that transaction the event waits; after it the reply does.
 *
 * @returns `busy` while another consumer holds the event or its reply: ask again later
 */
export async function handleEvent(bot: Bot, key: string): Promise<'done' | 'busy'> {
  const { db, runtime } = bot;
  const lease = await leaseEvent(db, key, runtime.now());
  if (lease.kind === 'busy') return 'busy';
  const dedupeKey = `reply:${key}`;
  if (lease.kind === 'leased') await answer(bot, key, lease.content, dedupeKey);
  // Also for an event that is over: its consumer may have died between writing and sending.
  const id = await openDelivery(db, dedupeKey);
  return id === null ? 'done' : deliver(bot, id);
}

async function answer(bot: Bot, key: string, content: string, dedupeKey: string): Promise<void> {
  const { db, runtime } = bot;
  try {
    const event = v.parse(incoming, JSON.parse(content));
    if ('revoked' in event) {
      await forgetRevoked(bot.accounts, event.revoked);
      await finishEvent(db, key).run();
      return;
    }
    if (await isOwnAccount(bot, event.channel, event.address)) {
      await finishEvent(db, key).run();
      return;
    }
    const person = await meetPerson(
      db,
      { channel: event.channel, address: event.address, language: bot.config.language },
      runtime.now(),
    );
    const reply = await converse(bot, person, event.text);
    const notice: Notice = {
      kind: 'text',
      language: reply.person.language,
      text: reply.text,
      suggestions: reply.suggestions,
    };
    await db.batch([
      insertDeliveries(
        db,
        [
          {
            dedupeKey,
            channel: event.channel,
            account: event.account,
            address: event.address,
            notice: JSON.stringify(notice),
          },
        ],
        runtime.now(),
      ),
      rememberPerson(db, reply.person),
      finishEvent(db, key),
    ]);
  } catch (cause) {
    log('event-failed', { key, code: errorCode(cause) });
    await releaseEvent(db, key);
    throw cause;
  }
}

/** Two accounts of the bot must not answer each other for ever. */
async function isOwnAccount(bot: Bot, channel: string, address: string): Promise<boolean> {
  if (channel === 'twitter' && bot.config.twitter.account?.userId === address) return true;
  return (await readAccount(bot.db, channel, address)) !== null;
}
