import type { Bot } from '../../bot/context.ts';
import { createRoutes, type Routes } from '../../bot/http.ts';
import type { Incoming } from '../../bot/talk/incoming.ts';
import { errorCode, log } from '../../lib/log.ts';
import { readBody } from '../../lib/readBody.ts';
import { unreachable } from '../../lib/result.ts';
import { isSameSecret } from '../../lib/sameSecret.ts';
import { acceptEvents } from '../../store/inbox.ts';
import { botIdOf } from './api/client.ts';
import { readUpdate, type TelegramUpdate } from './api/update.ts';
import { SECRET_HEADER } from './api/webhook.ts';
import { knownBot } from './context.ts';
import { telegramSettings } from './settings.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const CHANNEL = 'telegram';

/**
 * `/webhook/telegram`: whoever knows the webhook's secret is Telegram, everybody else gets 401. What
 * cannot be read is answered 200 all the same: Telegram would only send it again. Storage down is
 * 503, so that it does.
 */
export function telegramWebhook(): Routes {
  const routes = createRoutes();

  routes.post('/', async (context) => {
    const bot = context.get('bot');
    const { botToken, webhookSecret } = bot.read(telegramSettings);
    const shown = context.req.header(SECRET_HEADER);
    if (!(await isSameSecret(shown, webhookSecret))) return context.body(null, 401);
    const body = await readBody(context.req.raw.body, MAX_BODY_BYTES);
    if (body === null) return context.json({ error: 'body too large' }, 413);
    try {
      const known = await knownBot(bot.db);
      const update = readUpdate(readJson(body), {
        id: botIdOf(botToken ?? '') ?? '',
        username: known?.username ?? null,
      });
      if (update === null) return context.body(null, 200);
      await accept(bot, update);
      // Until it is answered, the button shows that it is at work. This answer needs no call.
      return update.kind === 'button'
        ? context.json({
            method: 'answerCallbackQuery',
            callback_query_id: update.callbackId,
          })
        : context.body(null, 200);
    } catch (cause) {
      log('webhook-unavailable', { platform: CHANNEL, code: errorCode(cause) });
      return context.json({ error: 'try again' }, 503);
    }
  });

  routes.all('/', (context) =>
    context.json({ error: 'method not allowed' }, 405, { allow: 'POST' }),
  );
  return routes;
}

async function accept(bot: Bot, update: TelegramUpdate): Promise<void> {
  const event = {
    key: `${CHANNEL}:${update.updateId}`,
    channel: CHANNEL,
    type: update.kind,
    account: null,
    content: JSON.stringify(workIn(update)),
  };
  for (const key of await acceptEvents(bot.db, [event], bot.runtime.now())) {
    await bot.events.send({ key });
  }
}

function workIn(update: TelegramUpdate): Incoming {
  const { chatId } = update;
  switch (update.kind) {
    case 'message':
    case 'button': {
      const { text, language } = update;
      return {
        channel: CHANNEL,
        account: '',
        address: chatId,
        text,
        ...(language !== null && { language }),
      };
    }
    case 'blocked':
      return { channel: CHANNEL, blocked: chatId };
    case 'unblocked':
      return { channel: CHANNEL, unblocked: chatId };
    case 'migrated':
      return { channel: CHANNEL, migrated: { from: chatId, to: update.migratedTo } };
    default:
      return unreachable(update);
  }
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
