import { beforeEach, describe, expect, test } from 'vitest';
import { concat, utf8 } from '../sandbox/bytes.ts';
import { createHarness, type Harness } from '../worker/harness.ts';
import {
  expectAccepted,
  expectRefused,
  gzip,
  messageBody,
  signedDelivery,
  storedKeys,
} from './attack.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

/** A message whose text is bytes that are no UTF-8. */
function messageWith(...bytes: number[]): Uint8Array<ArrayBuffer> {
  const [before = '', after = ''] = messageBody('1', '@').split('@');
  return concat([utf8(before), Uint8Array.from(bytes), utf8(after)]);
}

describe('a rightly signed body that is no JSON object is refused with 400:', () => {
  test.each([
    ['nothing', ''],
    ['a word', 'hello'],
    ['a form', 'for_user_id=1&text=cat'],
    ['XML', '<?xml version="1.0"?><event/>'],
    ['an object without its end', '{"for_user_id":"1"'],
    ['an object and more', '{}x'],
    ['two objects', '{}{}'],
    ['an object in single quotes', "{'for_user_id':'1'}"],
    ['an object with a comment', '{/* */}'],
    ['an object with a trailing comma', '{"a":1,}'],
    ['an object behind a byte order mark', '\ufeff{}'],
    ['an object with a NUL behind', '{}\0'],
    ['an object in UTF-16', '{\0}\0'],
    ['a list', '[]'],
    ['a list of messages', `[${messageBody()}]`],
    ['a text', '"hello"'],
    ['a message as text', JSON.stringify(messageBody())],
    ['a number', '12345'],
    ['null', 'null'],
    ['true', 'true'],
    ['NaN', 'NaN'],
  ])('%s', async (_name, body) => {
    await expectRefused(harness, await signedDelivery(body), 400);
  });

  test.each([
    ['a lone continuation byte', messageWith(0x80)],
    ['half a character', messageWith(0xea, 0xb3)],
    ['a surrogate in UTF-8', messageWith(0xed, 0xa0, 0x80)],
    ['an overlong slash', messageWith(0xc0, 0xaf)],
    ['Latin-1', messageWith(0xe9)],
    ['a raw newline in a text', messageWith(0x0a)],
    ['a raw NUL in a text', messageWith(0x00)],
  ])('a message with %s', async (_name, body) => {
    await expectRefused(harness, await signedDelivery(body), 400);
  });

  test('a message in gzip', async () => {
    await expectRefused(harness, await signedDelivery(await gzip(messageBody())), 400);
  });
});

const DEEP = 10_000;
const counted = { stored: 1, queued: 0 };

describe('a rightly signed object that means nothing is counted once and answered with 200:', () => {
  test.each([
    ['empty', '{}'],
    ['only an account', '{"for_user_id":"1"}'],
    ['an unknown kind of event', '{"for_user_id":"1","moon_events":[{"id":"1"}]}'],
    ['no events', '{"for_user_id":"1","direct_message_events":[]}'],
    ['a message without a sender', '{"direct_message_events":[{"id":"1","message_create":{}}]}'],
    ['a message that is a number', '{"for_user_id":"1","direct_message_events":[1]}'],
    ['an empty envelope', '{"data":{}}'],
    ['no envelopes', '{"data":[]}'],
    ['null in the envelope', '{"data":null}'],
    ['__proto__', '{"__proto__":{"for_user_id":"1","direct_message_events":[]}}'],
    ['constructor', '{"constructor":{"prototype":{"polluted":true}}}'],
    ['toString', '{"toString":"x"}'],
    ['a NUL in its key', '{"\\u0000":1}'],
    ['half a surrogate pair in its key', '{"\\ud800":1}'],
    ['a number beyond numbers', '{"a":1e999}'],
    [`lists ${DEEP} deep`, `{"a":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`],
    [`objects ${DEEP} deep`, `{"data":${'{"data":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`],
    [
      'an event type of 900,000 letters',
      `{"data":{"event_uuid":"1","event_type":"${'a'.repeat(900_000)}"}}`,
    ],
  ])('%s', async (_name, body) => {
    await expectAccepted(harness, await signedDelivery(body), counted);
    await expectAccepted(harness, await signedDelivery(body), counted);
    for (const key of await storedKeys(harness)) expect(key.length).toBeLessThanOrEqual(120);
  });
});

test('a signed __proto__ changes no object of the Worker', async () => {
  await expectAccepted(
    harness,
    await signedDelivery(
      '{"__proto__":{"for_user_id":"1"},"data":{"__proto__":{"event_type":"x"}}}',
    ),
    counted,
  );
  expect(Object.hasOwn(Object.prototype, 'for_user_id')).toBe(false);
  expect({}).not.toHaveProperty('event_type');
});
