import type { Doors } from '../../bot/http.ts';
import { type Door, jsonOf, receive } from '../../bot/receive.ts';
import { commandsIn } from '../../bot/talk/hint.ts';
import type { Incoming } from '../../bot/talk/incoming.ts';
import { unreachable } from '../../lib/result.ts';
import { isSameSecret } from '../../lib/sameSecret.ts';
import { botIdOf } from './api/client.ts';
import { readUpdate, SECRET_HEADER, type TelegramUpdate } from './api/update.ts';
import { knownBot, telegramSettings } from './settings.ts';

const CHANNEL = 'telegram';
/** Beside those of the menu. */
const ALWAYS_OWN = ['start', 'settings', 'subscribe', 'unsubscribe', 'follow', 'unfollow', 'login'];

const door: Door<true> = {
  platform: CHANNEL,
  maxBytes: 1024 * 1024,
  claim: async ({ read }, { headers }) => {
    const { webhookSecret } = read(telegramSettings);
    const shown = headers.get(SECRET_HEADER) ?? undefined;
    return (await isSameSecret(shown, webhookSecret)) ? true : new Response(null, { status: 401 });
  },
  read: async (bot, body) => {
    const { db, read } = bot;
    const known = await knownBot(db);
    const own = new Set([...ALWAYS_OWN, ...commandsIn(bot, 'en').map(({ command }) => command)]);
    const update = readUpdate(jsonOf(new TextDecoder().decode(body)), {
      id: botIdOf(read(telegramSettings).botToken ?? '') ?? '',
      username: known?.username ?? null,
      understands: (command) => own.has(command.toLowerCase()),
    });
    if (update === null) return { answer: new Response(null) };
    const event = {
      key: `${CHANNEL}:${update.updateId}`,
      channel: CHANNEL,
      type: update.kind,
      account: null,
      content: JSON.stringify(workIn(update)),
      ...(update.at !== undefined && { at: update.at }),
    };
    const isSaid = update.kind === 'message' || update.kind === 'button';
    const events = [isSaid ? { ...event, from: update.address } : event];
    return { events, answer: answerTo(update) };
  },
};

/**
 * Whoever knows the webhook's secret is Telegram, everybody else gets 401. What cannot be read is
 * answered 200 all the same: Telegram would only send it again. Storage down is 503, so that it does.
 */
export const telegramWebhook: Doors = { '/webhook/telegram': { POST: receive(door) } };

/** Until it is answered, a button shows that it is at work. This answer needs no call. */
function answerTo(update: TelegramUpdate): Response {
  if (update.kind !== 'button') return new Response(null);
  const { callbackId: callback_query_id } = update;
  return Response.json({ method: 'answerCallbackQuery', callback_query_id });
}

function workIn(update: TelegramUpdate): Incoming {
  const { address } = update;
  switch (update.kind) {
    case 'message':
    case 'button': {
      const { text, language } = update;
      return {
        channel: CHANNEL,
        account: '',
        address,
        text,
        ...(language !== null && { language }),
      };
    }
    case 'blocked':
      return { channel: CHANNEL, blocked: address };
    case 'unblocked':
      return { channel: CHANNEL, unblocked: address };
    case 'migrated':
      return { channel: CHANNEL, migrated: { from: address, to: update.migratedTo } };
    default:
      return unreachable(update);
  }
}
