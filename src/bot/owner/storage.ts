import * as v from 'valibot';
import { errorCode, log } from '../../lib/log.ts';
import { say, type Text } from '../../lib/text.ts';
import { DAY_MS } from '../../lib/time.ts';
import { topicAddresses } from '../../store/topics.ts';
import type { Bot } from '../context.ts';
import { machineTexts, ownerTexts } from './words.ts';

/**
 * Copies in KV of what D1 would be asked for: D1 cannot tell that it is out of service. A copy that
 * is old tells a chat too many or too few, an incident told twice is told; nothing else rests on it.
 */
const CHATS_KEY = 'owner:chats';
const TOLD_KEY = 'owner:storage-told';

const chatsSchema = v.array(
  v.object({
    channel: v.string(),
    account: v.string(),
    address: v.string(),
    language: v.picklist(['ko', 'en']),
  }),
);
type Chat = v.InferOutput<typeof chatsSchema>[number];

/** Tells the owner's chats that the database fails, or works again: once each. */
export async function tellOfStorage(bot: Bot, state: 'failing' | 'well'): Promise<void> {
  const { media } = bot;
  try {
    const isTold = (await media.get(TOLD_KEY)) !== null;
    if (state === 'failing') {
      if (isTold) return;
      await media.put(TOLD_KEY, String(bot.runtime.now()));
      await sayToOwner(bot, machineTexts.storage.what, openedText);
      return;
    }
    await keepChats(bot);
    if (!isTold) return;
    await media.delete(TOLD_KEY);
    await sayToOwner(bot, machineTexts.storage.what, closedText);
  } catch (cause) {
    log('owner-not-told', { code: errorCode(cause) });
  }
}

/** Keeps the owner's chats where they are found without D1; written only when they changed. */
async function keepChats({ db, media }: Bot): Promise<void> {
  const chats = JSON.stringify(await topicAddresses(db, 'owner'));
  if ((await media.get(CHATS_KEY)) !== chats) await media.put(CHATS_KEY, chats);
}

const openedText = (chat: Chat, what: Text) =>
  say(ownerTexts.opened, chat.language, {
    what: what[chat.language],
    advice: machineTexts.storage.advice[chat.language],
  });

const closedText = (chat: Chat, what: Text) =>
  say(ownerTexts.again, chat.language, { what: what[chat.language] });

async function sayToOwner(
  bot: Bot,
  what: Text,
  textOf: (chat: Chat, what: Text) => string,
): Promise<void> {
  const kept = v.safeParse(chatsSchema, JSON.parse((await bot.media.get(CHATS_KEY)) ?? '[]'));
  if (!kept.success) return;
  await Promise.all(
    kept.output.map(async (chat) => {
      const { channel, account, address, language } = chat;
      const outcome = await bot.channels.get(channel)?.send({
        id: `storage:${Math.floor(bot.runtime.now() / DAY_MS)}`,
        account,
        address,
        notice: { kind: 'text', language, text: textOf(chat, what), suggestions: [], links: [] },
        uncertain: false,
      });
      if (outcome?.kind !== 'sent') log('owner-not-told', { channel, outcome: outcome?.kind });
    }),
  );
}
