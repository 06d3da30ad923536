import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { knownBot } from '../../../src/platforms/telegram/settings.ts';
import { setUpTelegram } from '../../../src/platforms/telegram/setUp.ts';
import { emptyStorage } from '../../emptyStorage.ts';
import { createFakeTelegram, type FakeTelegram, TELEGRAM } from './fakeTelegram.ts';

let telegram: FakeTelegram;
beforeEach(async () => {
  await emptyStorage();
  telegram = createFakeTelegram();
});

test('setting up connects the webhook, and remembers the bot', async () => {
  const bot = {
    id: '700000001',
    username: 'soshik_bot',
    url: 'https://soshik.example/webhook/telegram',
  };
  expect(await setUpTelegram(telegram.contextOn(env.DB))).toEqual({ ok: true, value: bot });
  expect(telegram.webhook).toEqual({
    url: bot.url,
    secret_token: TELEGRAM.TELEGRAM_WEBHOOK_SECRET,
    allowed_updates: ['message', 'channel_post', 'callback_query', 'my_chat_member'],
    max_connections: 40,
  });
  expect(await knownBot(env.DB)).toEqual(bot);
});

test('the menu of commands is Korean to Koreans and English to all others', async () => {
  await setUpTelegram(telegram.contextOn(env.DB));
  const [korean, english] = [telegram.commands.get('ko'), telegram.commands.get('')];
  expect(korean?.map(({ command }) => command)).toEqual(english?.map(({ command }) => command));
  for (const { command, description } of korean ?? []) {
    expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
    expect(description).toMatch(/^[가-힣 ]{1,256}$/);
  }
  expect(english?.map(({ description }) => description)).toContain('Show what you watch');
});

describe('setting up fails', () => {
  test.each([
    [
      { TELEGRAM_BOT_TOKEN: '', TELEGRAM_WEBHOOK_SECRET: '' },
      'TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET',
    ],
    [{ TELEGRAM_WEBHOOK_SECRET: '' }, 'TELEGRAM_WEBHOOK_SECRET'],
  ])('and names the settings that are missing: %j', async (vars, detail) => {
    const ctx = telegram.contextOn(env.DB, { vars });
    expect(await setUpTelegram(ctx)).toEqual({ ok: false, reason: 'not-configured', detail });
  });

  test('with a secret that Telegram cannot send back', async () => {
    const vars = { TELEGRAM_WEBHOOK_SECRET: 'fake secret with spaces!' };
    const ctx = telegram.contextOn(env.DB, { vars });
    expect(await setUpTelegram(ctx)).toMatchObject({ ok: false, reason: 'bad-secret' });
    expect(telegram.calls).toEqual([]);
  });

  test('as long as nobody told the public address', async () => {
    const ctx = telegram.contextOn(env.DB, { publicUrl: null });
    expect(await setUpTelegram(ctx)).toMatchObject({ ok: false, reason: 'no-address' });
  });

  test.each([
    ['getMe', [401, 'Unauthorized'], 'token-refused'],
    ['setWebhook', [400, 'Bad Request: bad webhook: HTTPS url must be provided'], 'refused'],
    ['setMyCommands', [500, 'Internal Server Error'], 'unavailable'],
  ] as const)('where %s is answered %j', async (method, refusal, reason) => {
    telegram.refusals.set(method, refusal);
    expect(await setUpTelegram(telegram.contextOn(env.DB))).toEqual({
      ok: false,
      reason,
      detail: refusal[1],
    });
    expect(await knownBot(env.DB)).toBeNull();
  });
});
