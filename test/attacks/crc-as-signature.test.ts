import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { createHarness, type Harness, WEBHOOK } from '../worker/harness.ts';
import {
  answerTo,
  CLIENT_SECRET,
  delivery,
  expectRefused,
  LEGACY_HEADER,
  messageBody,
  OAUTH2_HEADER,
  sign,
} from './attack.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

const crcAnswer = v.strictObject({ response_token: v.string() });

function crc(token: string): Request {
  return new Request(`${WEBHOOK}?crc_token=${encodeURIComponent(token)}`, { redirect: 'manual' });
}

describe('the CRC answer for a token that is JSON by itself', () => {
  test.each(['12345', 'true', 'false', 'null', '-1', '1e5', '0.5', 'abc', '=', 'a'.repeat(256)])(
    '%s is a right signature of that token, and the token is no event: 400',
    async (token) => {
      const { text } = await answerTo(harness, crc(token));
      const { response_token: signature } = v.parse(crcAnswer, JSON.parse(text));
      expect(signature).toBe(await sign(CLIENT_SECRET, token));
      await expectRefused(harness, delivery(token, { [OAUTH2_HEADER]: signature }), 400);
    },
  );

  test('signed with the consumer secret opens the legacy header no wider: 400', async () => {
    const consumer = await createHarness({ TWITTER_WEBHOOK_SECRET_KIND: 'consumer' });
    const { text } = await answerTo(consumer, crc('12345'));
    const { response_token: signature } = v.parse(crcAnswer, JSON.parse(text));
    await expectRefused(consumer, delivery('12345', { [LEGACY_HEADER]: signature }), 400);
  });
});

describe('the CRC endpoint asked to sign', () => {
  test.each([
    ['a message', messageBody()],
    ['an empty object', '{}'],
    ['an empty list', '[]'],
    ['a text', '"abc"'],
    ['an object behind a token', 'abc{}'],
    ['an object behind a newline', 'abc\n{}'],
  ])('%s refuses with 400 and gives no signature', async (_name, token) => {
    const { text } = await expectRefused(harness, crc(token), 400);
    expect(text).not.toContain('sha256=');
  });

  test('a message by POST refuses with 401 and gives no signature', async () => {
    const address = `${WEBHOOK}?crc_token=${encodeURIComponent(messageBody())}`;
    const request = new Request(address, { method: 'POST', body: messageBody() });
    const { text } = await expectRefused(harness, request, 401);
    expect(text).not.toContain('sha256=');
  });
});
