import type { ApiMethods } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';
import {
  botIdOf,
  createTelegramClient,
  type TelegramClient,
} from '../../../../src/platforms/telegram/api/client.ts';
import { recorder } from '../../../recorder.ts';

const TOKEN = '700000001:fake-telegram_token';

/** What Telegram's own description of a method allows. */
type Fields<Method extends keyof ApiMethods<never>> = Parameters<ApiMethods<never>[Method]>[0];

function clientTo(result: unknown, token = TOKEN) {
  const { runtime, sent } = recorder(() => Response.json({ ok: true, result }));
  const client = createTelegramClient({ runtime, apiUrl: 'https://telegram.example', token });
  return { client, sent };
}

async function sentBy(call: (client: TelegramClient) => Promise<unknown>): Promise<unknown> {
  const { client, sent } = clientTo(true);
  await call(client);
  return JSON.parse(sent[0]?.text ?? '');
}

test('a call is a POST of JSON to the method, below the token', async () => {
  const { client, sent } = clientTo({ message_id: 5 });
  expect(await client.sendMessage({ chatId: '42', html: 'x' })).toEqual({
    ok: true,
    value: { messageId: '5' },
  });
  expect(sent).toMatchObject([
    {
      method: 'POST',
      url: `https://telegram.example/bot${TOKEN}/sendMessage`,
      headers: { 'content-type': 'application/json' },
    },
  ]);
});

describe('a message', () => {
  test('in HTML has buttons in rows, and no preview of pages', async () => {
    const parameters = await sentBy((client) =>
      client.sendMessage({
        chatId: '-1001234567890',
        html: '<b>x</b>',
        silent: true,
        buttons: [
          [{ text: '열기', url: 'https://soshik.example/' }],
          [{ text: '목록', data: '목록' }],
        ],
      }),
    );
    expect(parameters).toEqual({
      chat_id: -1001234567890,
      text: '<b>x</b>',
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      disable_notification: true,
      reply_markup: {
        inline_keyboard: [
          [{ text: '열기', url: 'https://soshik.example/' }],
          [{ text: '목록', callback_data: '목록' }],
        ],
      },
    } satisfies Fields<'sendMessage'>);
  });

  test('may be plain, and go to a channel by its name', async () => {
    expect(
      await sentBy((client) => client.sendMessage({ chatId: '@soshik', text: '<b>' })),
    ).toEqual({
      chat_id: '@soshik',
      text: '<b>',
      link_preview_options: { is_disabled: true },
    } satisfies Fields<'sendMessage'>);
  });

  test('that was sent is sent, whatever Telegram tells about it', async () => {
    const { client } = clientTo({ surprise: true });
    expect(await client.sendMessage({ chatId: '42', text: 'x' })).toEqual({
      ok: true,
      value: { messageId: null },
    });
  });
});

test('the other calls have the fields that Telegram names', async () => {
  const webhook = {
    url: 'https://soshik.example/webhook/telegram',
    secretToken: 'fake-secret',
    allowedUpdates: ['message'],
    maxConnections: 40,
  };
  expect(await sentBy((client) => client.setWebhook(webhook))).toEqual({
    url: 'https://soshik.example/webhook/telegram',
    secret_token: 'fake-secret',
    allowed_updates: ['message'],
    max_connections: 40,
  } satisfies Fields<'setWebhook'>);
  const commands = [{ command: 'help', description: '사용법' }];
  expect(await sentBy((client) => client.setMyCommands(commands, 'ko'))).toEqual({
    commands,
    language_code: 'ko',
  } satisfies Fields<'setMyCommands'>);
  expect(await sentBy((client) => client.setMyCommands(commands))).toEqual({ commands });
});

test('the webhook is read with what Telegram leaves out', async () => {
  const full = {
    url: 'https://soshik.example/webhook/telegram',
    has_custom_certificate: false,
    pending_update_count: 3,
    last_error_date: 1_795_000_000,
    last_error_message: 'Wrong response from the webhook: 401 Unauthorized',
    allowed_updates: ['message'],
  };
  expect(await clientTo(full).client.getWebhookInfo()).toEqual({
    ok: true,
    value: {
      url: full.url,
      allowedUpdates: ['message'],
      pendingUpdates: 3,
      lastErrorAt: 1_795_000_000_000,
      lastError: full.last_error_message,
    },
  });
  const none = { url: '', has_custom_certificate: false, pending_update_count: 0 };
  expect(await clientTo(none).client.getWebhookInfo()).toMatchObject({
    value: { url: '', allowedUpdates: [], lastErrorAt: null, lastError: null },
  });
});

test('the bot is known by its id and name', async () => {
  const me = { id: 700000001, is_bot: true, first_name: '소식', username: 'soshik_bot' };
  expect(await clientTo(me).client.getMe()).toEqual({
    ok: true,
    value: { id: '700000001', username: 'soshik_bot' },
  });
});

test.each(['', 'fake', '700000001:', '1:a/../b', '1:a b', ' 1:a'])(
  'with %j for a token nothing is called',
  async (token) => {
    const { client, sent } = clientTo(true, token);
    expect(await client.getMe()).toMatchObject({ ok: false, reason: 'unauthorized' });
    expect([botIdOf(token), sent]).toEqual([null, []]);
  },
);
