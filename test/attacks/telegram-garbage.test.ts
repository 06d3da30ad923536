import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { createHarness, type Harness } from '../worker/harness.ts';
import { botMessages, connectTelegram, privateChat, WEBHOOK } from '../worker/telegramSteps.ts';
import {
  anyBody,
  anything,
  anyWords,
  expectNothingSent,
  MANY,
  rowCounts,
  TIMEOUT_MS,
  telegramParts,
} from './garbage.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

/** After so long nobody is taken for hurried, nor for a machine that says the same again. */
const UNHURRIED_MS = 11 * MINUTE_MS;

/** Posts an update as Telegram does, or as somebody who would like to be Telegram. */
async function post(
  body: string,
  secret: string = sandboxSecrets.TELEGRAM_WEBHOOK_SECRET,
): Promise<Response> {
  return harness.fetch(
    new Request(WEBHOOK, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body,
    }),
  );
}

const update = fc
  .tuple(fc.oneof(fc.nat({ max: 50 }), anything), telegramParts)
  .map(([id, payload]) => JSON.stringify({ update_id: id, ...payload }));

describe('updates with anything in them are taken, without a word to anybody:', () => {
  test(
    'many that are no updates leave nothing behind',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyBody, async (body) => {
          expect((await post(body)).status).toBe(200);
        }),
        { numRuns: MANY },
      );
      expectNothingSent(harness);
      expect(await rowCounts(harness)).toEqual({ people: 0, events: 0, deliveries: 0 });
    },
    TIMEOUT_MS,
  );

  test(
    'many almost right ones',
    async () => {
      await fc.assert(
        fc.asyncProperty(update, async (body) => {
          expect((await post(body)).status).toBe(200);
        }),
        { numRuns: MANY },
      );
      expectNothingSent(harness);
      // Fifty-one numbers, and what was made up for numbers: each is kept once.
      const { events } = await rowCounts(harness);
      expect(events).toBeGreaterThan(20);
      expect(events).toBeLessThanOrEqual(250);
      await harness.settle();
      expect(harness.queues.dead).toEqual([]);
      const waiting = await harness.env.DB.prepare(
        `SELECT count(*) AS count FROM inbox WHERE state <> 'done'`,
      ).first('count');
      expect(waiting).toBe(0);
    },
    TIMEOUT_MS,
  );
});

test(
  'many updates under other secrets are refused, and nothing is kept',
  async () => {
    const secret = fc
      .stringMatching(/^[\w-]{0,40}$/)
      .filter((value) => value !== sandboxSecrets.TELEGRAM_WEBHOOK_SECRET);
    await fc.assert(
      fc.asyncProperty(update, secret, async (body, shown) => {
        expect((await post(body, shown)).status).toBe(401);
      }),
      { numRuns: MANY },
    );
    expectNothingSent(harness);
    expect(await rowCounts(harness)).toEqual({ people: 0, events: 0, deliveries: 0 });
  },
  TIMEOUT_MS,
);

test(
  'whatever somebody says is answered once, in markup that Telegram takes',
  async () => {
    await connectTelegram(harness);
    const { telegram } = harness.world;
    Object.assign(telegram.limits, { perSecond: 1e6, chatBurst: 1e6 });
    const chatId = privateChat(harness);
    let said = 0;
    await fc.assert(
      fc.asyncProperty(anyWords, async (words) => {
        await telegram.say(chatId, words);
        said += 1;
        harness.world.clock.advance(UNHURRIED_MS);
        await harness.settle();
        expect(botMessages(harness, chatId)).toHaveLength(said);
      }),
      { numRuns: Math.floor(MANY / 4) },
    );
    expect(telegram.refusals).toEqual([]);
  },
  TIMEOUT_MS,
);
