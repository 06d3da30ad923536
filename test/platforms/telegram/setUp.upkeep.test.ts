import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, SECOND_MS } from '../../../src/lib/time.ts';
import {
  keepTelegram,
  setUpTelegram,
  telegramNewsText,
} from '../../../src/platforms/telegram/setUp.ts';
import { readOwnerNews } from '../../../src/store/incidents.ts';
import { emptyStorage } from '../../emptyStorage.ts';
import { createFakeTelegram, type FakeTelegram, TELEGRAM } from './fakeTelegram.ts';

let telegram: FakeTelegram;
beforeEach(async () => {
  await emptyStorage();
  telegram = createFakeTelegram();
});

// Cron: no request tells the address.
const keep = () => keepTelegram(telegram.contextOn(env.DB, { publicUrl: null }));

async function news() {
  telegram.advance(DAY_MS);
  const told = await readOwnerNews(env.DB, { limit: 100 });
  return told.map(({ kind, detail }) => [kind, detail['reason']].filter(Boolean).join(' '));
}

test('a bot that never was set up is left alone', async () => {
  await keep();
  expect(telegram.calls).toEqual([]);
});

describe('a bot that was set up', () => {
  beforeEach(async () => {
    await setUpTelegram(telegram.contextOn(env.DB));
    telegram.calls.length = 0;
  });

  test('and is well costs one call, and is no news', async () => {
    await keep();
    expect([telegram.calls, await news()]).toEqual([['getWebhookInfo'], []]);
  });

  test('and has no token any more is left alone', async () => {
    const vars = { TELEGRAM_BOT_TOKEN: '' };
    await keepTelegram(telegram.contextOn(env.DB, { vars }));
    expect([telegram.calls, await news()]).toEqual([[], []]);
  });

  test.each([
    ['that somebody took away', { url: '' }],
    ['that leads elsewhere', { url: 'https://elsewhere.example/' }],
    ['that gets no buttons', { allowed_updates: ['message'] }],
    [
      'that has another secret',
      {
        last_error_date: Date.UTC(2026, 10, 22, 2) / SECOND_MS,
        last_error_message: 'Wrong response from the webhook: 401 Unauthorized',
      },
    ],
  ])('gets back a webhook %s, and the owner is told', async (_name, change) => {
    telegram.webhook = { ...telegram.webhook, ...change };
    await keep();
    expect(telegram.webhook).toMatchObject({
      url: 'https://soshik.example/webhook/telegram',
      secret_token: TELEGRAM.TELEGRAM_WEBHOOK_SECRET,
    });
    expect(await news()).toEqual(['telegram-healed']);
  });

  test('moves with its Worker', async () => {
    const ctx = telegram.contextOn(env.DB, { publicUrl: 'https://new.example' });
    await keepTelegram(ctx);
    expect(telegram.webhook['url']).toBe('https://new.example/webhook/telegram');
  });

  test('and cannot be mended is told of once, and again when it fails anew', async () => {
    telegram.refusals.set('getWebhookInfo', [401, 'Unauthorized']);
    await keep();
    await keep();
    expect(await news()).toEqual(['telegram-failing token-refused']);
    telegram.refusals.clear();
    await keep();
    telegram.refusals.set('getWebhookInfo', [401, 'Unauthorized']);
    await keep();
    expect(await news()).toHaveLength(2);
  });

  test('and does not answer for a moment is no news', async () => {
    telegram.refusals.set('getWebhookInfo', [502, 'Bad Gateway']);
    await keep();
    expect([telegram.calls, await news()]).toEqual([['getWebhookInfo'], []]);
  });
});

test('the owner reads what happened and what to do, in both languages', () => {
  const detail = { reason: 'token-refused' };
  expect(telegramNewsText({ kind: 'telegram-failing', detail })).toEqual({
    ko: '텔레그램 웹훅이 동작하지 않고 스스로 고치지 못했어요. 텔레그램이 봇 토큰을 받아들이지 않아요. @BotFather에서 토큰을 확인해 주세요.',
    en: 'The Telegram webhook does not work and could not be mended. Telegram does not accept the bot token. Please check it with @BotFather.',
  });
  expect(telegramNewsText({ kind: 'webhook-failing', detail: {} })).toBeNull();
});
